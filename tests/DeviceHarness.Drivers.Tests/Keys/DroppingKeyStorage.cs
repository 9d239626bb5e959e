using DeviceHarness.Drivers.Keys;

namespace DeviceHarness.Drivers.Tests.Keys;

/// <summary>A medium in memory that loses what was not made durable when the power fails.</summary>
/// <remarks>After the loss each file that was not flushed may be as written, as before, or torn; each name that was not made durable may
/// be the new or the old one.</remarks>
internal sealed class DroppingKeyStorage : IKeyStorage
{
    private readonly Dictionary<string, Content> _names = new(StringComparer.Ordinal);
    private Dictionary<string, Content> _durableNames = new(StringComparer.Ordinal);
    private bool _isLocked;

    /// <summary>Whether a flush makes durable; a test that leaves it out must find losses.</summary>
    public bool Flushes { get; init; } = true;

    /// <summary>How many acts there were.</summary>
    public int Acts { get; private set; }

    /// <summary>Before which act the power fails, from 1; 0 for never.</summary>
    public int FailsBefore { get; set; }

    /// <inheritdoc/>
    public string Place => "dropping";

    /// <summary>Whether a file is there, as of now.</summary>
    public IReadOnlyCollection<string> Files => _names.Keys;

    /// <inheritdoc/>
    public byte[]? Read(string name) => _names.TryGetValue(name, out Content? content) ? [.. content.Written] : null;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> octets)
    {
        Act();
        if (!_names.TryGetValue(name, out Content? content))
        {
            content = new Content();
            _names[name] = content;
        }

        content.Written = octets.ToArray();
    }

    /// <inheritdoc/>
    public void Flush(string name)
    {
        Act();
        if (Flushes)
        {
            _names[name].Durable = [.. _names[name].Written];
        }
    }

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        Act();
        _names[to] = _names[from];
        _names.Remove(from);
    }

    /// <inheritdoc/>
    public void SyncNames()
    {
        Act();
        _durableNames = new Dictionary<string, Content>(_names, StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IDisposable? TryLock()
    {
        if (_isLocked)
        {
            return null;
        }

        _isLocked = true;
        return new Release(() => _isLocked = false);
    }

    /// <summary>Spoils a file, as a bad medium does.</summary>
    public void Spoil(string name) => _names[name].Written = [.. _names[name].Written.Select(octet => (byte)(octet ^ 1))];

    /// <summary>What is on the medium after the power failed now and came back.</summary>
    /// <param name="random">Decides what of the rest reached it.</param>
    public DroppingKeyStorage FailPower(Random random)
    {
        DroppingKeyStorage after = new() { Flushes = Flushes };
        bool areNamesNew = random.Next(2) == 0;
        foreach ((string name, Content content) in areNamesNew ? _names : _durableNames)
        {
            byte[] left = content.AfterLoss(random);
            after._names[name] = new Content { Written = left, Durable = left };
        }

        after._durableNames = new Dictionary<string, Content>(after._names, StringComparer.Ordinal);
        return after;
    }

    private void Act()
    {
        Acts++;
        if (Acts == FailsBefore)
        {
            throw new PowerLossException();
        }
    }

    private sealed class Content
    {
        public byte[] Written { get; set; } = [];

        public byte[] Durable { get; set; } = [];

        public byte[] AfterLoss(Random random)
        {
            if (Written.AsSpan().SequenceEqual(Durable))
            {
                return Written;
            }

            return random.Next(3) switch
            {
                0 => Durable,
                1 => Written,
                _ => Written[..random.Next(Written.Length)],
            };
        }
    }

    private sealed class Release(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}

/// <summary>The power failed.</summary>
internal sealed class PowerLossException : Exception;
