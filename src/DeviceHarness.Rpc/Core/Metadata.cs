using System.Collections;
using System.Text;
using DeviceHarness.Rpc.Wire;

namespace Grpc.Core;

/// <summary>Names and values that go beside messages. Order is kept; a name may come several times. Not thread safe.</summary>
public sealed class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of the name of every binary value.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Nothing; cannot be changed.</summary>
    public static readonly Metadata Empty = new() { _frozen = true };

    private readonly List<Entry> _entries = [];
    private bool _frozen;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => _frozen;

    /// <inheritdoc/>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckWritable();
            _entries[index] = value;
        }
    }

    /// <summary>The last entry of a name; null when there is none.</summary>
    public Entry? Get(string key) => _entries.FindLast(entry => entry.Is(key));

    /// <summary>The last text of a name; null when there is none.</summary>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The last octets of a name; null when there is none.</summary>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>All entries of a name, in order.</summary>
    public IEnumerable<Entry> GetAll(string key) => _entries.Where(entry => entry.Is(key));

    /// <summary>Adds a text.</summary>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds octets; the name must end in <c>-bin</c>.</summary>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        _entries.Add(item);
    }

    /// <inheritdoc/>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckWritable();
        _entries.Insert(index, item);
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        CheckWritable();
        _entries.RemoveAt(index);
    }

    /// <inheritdoc/>
    public bool Remove(Entry item)
    {
        CheckWritable();
        return _entries.Remove(item);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        CheckWritable();
        _entries.Clear();
    }

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckWritable()
    {
        if (_frozen)
        {
            throw new InvalidOperationException("this metadata is read-only");
        }
    }

    /// <summary>One name and its value.</summary>
    public sealed class Entry
    {
        private readonly string? _value;
        private readonly byte[]? _valueBytes;

        /// <summary>A text.</summary>
        /// <param name="key">The name: letters, digits, '_', '-' and '.', not ending in <c>-bin</c>; made lower-case.</param>
        /// <param name="value">Printable ASCII.</param>
        /// <exception cref="ArgumentException">The name or the value cannot be sent.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = MetadataRules.CheckKey(key);
            if (IsBinary)
            {
                throw new ArgumentException($"metadata '{Key}' is binary by its name: give octets", nameof(key));
            }

            MetadataRules.CheckValue(Key, value);
            _value = value;
        }

        /// <summary>Octets.</summary>
        /// <param name="key">The name: letters, digits, '_', '-' and '.', ending in <c>-bin</c>; made lower-case.</param>
        /// <param name="valueBytes">The octets; copied.</param>
        /// <exception cref="ArgumentException">The name cannot be sent or is not binary.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = MetadataRules.CheckKey(key);
            if (!IsBinary)
            {
                throw new ArgumentException($"metadata '{Key}' carries octets, so its name must end in {BinaryHeaderSuffix}", nameof(key));
            }

            _valueBytes = [.. valueBytes];
        }

        private Entry(string key, string? value, byte[]? valueBytes)
        {
            Key = key;
            _value = value;
            _valueBytes = valueBytes;
        }

        /// <summary>The name, lower-case.</summary>
        public string Key { get; }

        /// <summary>Whether the value is octets.</summary>
        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <summary>The value as text; octets are read as ASCII.</summary>
        public string Value => _value ?? Encoding.ASCII.GetString(_valueBytes!);

        /// <summary>The value as octets; a copy.</summary>
        public byte[] ValueBytes => _valueBytes is null ? Encoding.ASCII.GetBytes(_value!) : [.. _valueBytes];

        /// <inheritdoc/>
        public override string ToString() => IsBinary
            ? $"[Entry: key={Key}, valueBytes={Convert.ToHexString(_valueBytes!)}]"
            : $"[Entry: key={Key}, value={_value}]";

        /// <summary>An entry as it came over the wire: its name is lower-case and its value is not checked.</summary>
        internal static Entry Received(string key, string value) => new(key, value, null);

        /// <summary>A binary entry as it came over the wire; the octets are taken over.</summary>
        internal static Entry Received(string key, byte[] octets) => new(key, null, octets);

        internal bool Is(string key) => string.Equals(Key, key, StringComparison.OrdinalIgnoreCase);
    }
}
