using System.Buffers;
using System.Text;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>A message by the names of its fields: what a layout read, or what it is to write.</summary>
/// <remarks>
/// A field that the layout does not know is a mistake of the program and throws. A field that is known but not there is asked for with
/// <see cref="Has"/> or one of the <c>Try</c> methods. Not thread safe while it is being filled.
/// </remarks>
public sealed class MessageContent
{
    private readonly MessageContent? _around;
    private readonly Entry[] _entries;

    internal MessageContent(IReadOnlyList<LayoutField> fields, MessageContent? around)
    {
        Fields = fields;
        _around = around;
        _entries = new Entry[fields.Count];
    }

    /// <summary>The fields that there may be.</summary>
    public IReadOnlyList<LayoutField> Fields { get; }

    /// <summary>Octets behind the last known field, kept as they came.</summary>
    public ReadOnlyMemory<byte> Trailing { get; set; }

    /// <summary>Where an item began in the octets that were read.</summary>
    internal int Offset { get; set; }

    /// <summary>Where the octets behind the last known field begin.</summary>
    internal int TrailingOffset { get; set; }

    /// <summary>True when the field is there.</summary>
    /// <param name="name">The field's name.</param>
    public bool Has(string name) => _entries[IndexOf(name)].IsPresent;

    /// <summary>A field's number.</summary>
    /// <param name="name">The field's name.</param>
    /// <returns>The unsigned number; of a boolean 0 or 1, of a bitmap its bits, of a time its seconds.</returns>
    /// <exception cref="InvalidOperationException">The field is not there, or is no such number.</exception>
    public ulong Number(string name) => TryNumber(name, out ulong value) ? value : throw Absent(name);

    /// <summary>A field's number, if the field is there and is an unsigned number.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The number, when true.</param>
    public bool TryNumber(string name, out ulong value)
    {
        value = 0;
        return _entries[IndexOf(name)].Value?.View.TryGetUInt64(out value) == true;
    }

    /// <summary>A field's signed number.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The field is not there, or is no number.</exception>
    public long Signed(string name)
    {
        long value = 0;
        return _entries[IndexOf(name)].Value?.View.TryGetInt64(out value) == true ? value : throw Absent(name);
    }

    /// <summary>A field's octets: of a string without its count.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The field is not there.</exception>
    public ReadOnlyMemory<byte> Octets(string name) => Value(name).Octets;

    /// <summary>A field's octets as text; octets that are no UTF-8 become replacement characters.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The field is not there.</exception>
    public string Text(string name) => Encoding.UTF8.GetString(Octets(name).Span);

    /// <summary>A field's value with its type.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="InvalidOperationException">The field is not there.</exception>
    public ZclData Value(string name) => _entries[IndexOf(name)].Value ?? throw Absent(name);

    /// <summary>The items of a group; none when there are none.</summary>
    /// <param name="name">The group's name.</param>
    public IReadOnlyList<MessageContent> Items(string name) => _entries[IndexOf(name)].Items ?? [];

    /// <summary>Sets a field to a number.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The number; it must fit the field's type.</param>
    /// <returns>This message.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit.</exception>
    public MessageContent Set(string name, long value)
    {
        ZclDataType type = Fields[IndexOf(name)].Type;
        return Set(name, type.IsSigned() ? ZclData.Signed(type, value)
            : value >= 0 ? ZclData.Unsigned(type, (ulong)value)
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"{name} has no sign"));
    }

    /// <summary>Sets a field of eight octets to a number.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The number, such as an EUI-64; it must fit the field's type.</param>
    /// <returns>This message.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit.</exception>
    public MessageContent Set(string name, ulong value) => Set(name, ZclData.Unsigned(Fields[IndexOf(name)].Type, value));

    /// <summary>Sets a string, a key, a date or plain octets.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="octets">The octets, of a string without its count; copied.</param>
    /// <returns>This message.</returns>
    public MessageContent Set(string name, ReadOnlySpan<byte> octets) =>
        Set(name, new ZclData(Fields[IndexOf(name)].Type, octets.ToArray(), false));

    /// <summary>Sets a string to a text.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="text">The text; sent as UTF-8.</param>
    /// <returns>This message.</returns>
    public MessageContent Set(string name, string text) => Set(name, Encoding.UTF8.GetBytes(text).AsSpan());

    /// <summary>Sets a field to a value with its type.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="value">The value, of the field's type where that is known.</param>
    /// <returns>This message.</returns>
    /// <exception cref="ArgumentException">The value has another type than the field, or not the octets of its type.</exception>
    public MessageContent Set(string name, ZclData value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int index = IndexOf(name);
        int width = value.Type.ContentOctets();
        bool fits = (Fields[index].Type == ZclDataType.Unknown || Fields[index].Type == value.Type)
            && (width == ZclDataTypeFacts.Variable || width == value.Octets.Length);
        _entries[index].Value = fits ? value : throw new ArgumentException($"{value} is no {name}", nameof(value));
        return this;
    }

    /// <summary>Adds an item to a group.</summary>
    /// <param name="name">The group's name.</param>
    /// <returns>The item, to be filled.</returns>
    public MessageContent Add(string name)
    {
        int index = IndexOf(name);
        MessageContent item = new(Fields[index].Items, this);
        (_entries[index].Items ??= []).Add(item);
        return item;
    }

    /// <summary>The message as octets.</summary>
    /// <param name="level">The newest edition whose fields are sent.</param>
    /// <exception cref="InvalidOperationException">A field that must be there is not, or a string is too long.</exception>
    public byte[] ToOctets(ProfileLevel level = ProfileLevel.SmartEnergy12)
    {
        byte[] target = new byte[256];
        while (true)
        {
            OperationStatus status = MessageLayout.Write(this, target, out int written, level);
            switch (status)
            {
                case OperationStatus.Done:
                    return target[..written];
                case OperationStatus.DestinationTooSmall:
                    target = new byte[target.Length * 2];
                    break;
                default:
                    string missing = string.Join(", ", Fields.Where(field => !Has(field.Name)).Select(field => field.Name));
                    throw new InvalidOperationException($"the message cannot be sent; not set: {missing}");
            }
        }
    }

    /// <summary>The number of a field here or around this item; 0 when it is not there.</summary>
    internal ulong NumberAround(string name)
    {
        int index = TryIndexOf(name);
        if (index < 0)
        {
            return _around?.NumberAround(name) ?? 0;
        }

        ulong value = 0;
        return ValueOrCount(index)?.View.TryGetUInt64(out value) == true ? value : 0;
    }

    internal void Put(LayoutField field, ZclData value, int offset)
    {
        ref Entry entry = ref _entries[IndexOf(field.Name)];
        entry.Value = value;
        entry.Offset = offset;
    }

    internal void Open(LayoutField field, int offset)
    {
        ref Entry entry = ref _entries[IndexOf(field.Name)];
        entry.Items ??= [];
        entry.Offset = offset;
    }

    internal int OffsetOf(LayoutField field) => _entries[IndexOf(field.Name)].Offset;

    /// <summary>The last field of the edition that is there; -1 when none is.</summary>
    internal int LastPresent(ProfileLevel level)
    {
        int last = _entries.Length - 1;
        while (last >= 0 && !(Fields[last].Level <= level && _entries[last].IsPresent))
        {
            last--;
        }

        return last;
    }

    /// <summary>
    /// What stands on the wire for a field: its value, the number of items that it counts, or, for an optional field in front of one that
    /// is there, the invalid value. Null when there is none.
    /// </summary>
    internal ZclData? ValueToSend(LayoutField field) => ValueOrCount(IndexOf(field.Name))
        ?? (field is { Kind: LayoutFieldKind.Value, IsOptional: true } ? ZclData.Invalid(field.Type) : null);

    private ZclData? ValueOrCount(int index)
    {
        LayoutField field = Fields[index];
        if (_entries[index].Value is { } value)
        {
            return value;
        }

        for (int counted = index + 1; counted < Fields.Count; counted++)
        {
            if (Fields[counted].Count is { Mask: uint.MaxValue } count && count.Field == field.Name)
            {
                Entry entry = _entries[counted];
                return ZclData.Unsigned(field.Type, (ulong)(entry.Items?.Count ?? entry.Value?.Octets.Length ?? 0));
            }
        }

        return null;
    }

    private int IndexOf(string name)
    {
        int index = TryIndexOf(name);
        return index >= 0 ? index : throw new ArgumentException($"there is no field '{name}'", nameof(name));
    }

    private int TryIndexOf(string name)
    {
        // Two fields of one name exclude each other by their conditions.
        int found = -1;
        for (int index = 0; index < _entries.Length; index++)
        {
            if (Fields[index].Name == name)
            {
                found = index;
                if (Fields[index].IsThere(this))
                {
                    break;
                }
            }
        }

        return found;
    }

    private static InvalidOperationException Absent(string name) => new($"the message has no {name}, or it is of another kind");

    private struct Entry
    {
        public ZclData? Value;
        public List<MessageContent>? Items;
        public int Offset;

        public readonly bool IsPresent => Value is not null || Items is not null;
    }
}
