using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Transports.Recording;

/// <summary>Keeps what passed the ports of a bench, the newest of it. Safe for use from any thread.</summary>
public sealed class WireLog : IWireLog
{
    /// <summary>The records held when the caller names no other number.</summary>
    public const int DefaultCapacityRecords = 64 * 1024;

    /// <summary>The octets held when the caller names no other number: 16 MiB, a day of a busy 9600 baud line and more.</summary>
    public const long DefaultCapacityOctets = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<WireRecord> _records = new();
    private readonly int _capacityRecords;
    private readonly long _capacityOctets;
    private long _octets;
    private long _position;

    /// <summary>Creates an empty log.</summary>
    /// <param name="capacityRecords">The records held at most, 1 or more.</param>
    /// <param name="capacityOctets">The octets held at most, 1 or more; the newest record is held however long it is.</param>
    public WireLog(int capacityRecords = DefaultCapacityRecords, long capacityOctets = DefaultCapacityOctets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityRecords, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityOctets, 1);
        _capacityRecords = capacityRecords;
        _capacityOctets = capacityOctets;
    }

    /// <inheritdoc/>
    public long Position
    {
        get
        {
            lock (_gate)
            {
                return _position;
            }
        }
    }

    /// <summary>Adds a record; the oldest go when the log is full.</summary>
    /// <param name="record">What passed; its octets must not change afterwards.</param>
    public void Append(WireRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            _records.Enqueue(record);
            _octets += record.Octets.Length;
            _position++;
            while (_records.Count > _capacityRecords || (_octets > _capacityOctets && _records.Count > 1))
            {
                _octets -= _records.Dequeue().Octets.Length;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<WireRecord> Since(long position, out long lost)
    {
        lock (_gate)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(position);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(position, _position);
            long oldest = _position - _records.Count;
            lost = Math.Max(0, oldest - position);
            return [.. _records.Skip((int)Math.Max(0, position - oldest))];
        }
    }
}
