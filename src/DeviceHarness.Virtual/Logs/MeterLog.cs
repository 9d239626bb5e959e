using System.Buffers.Binary;
using DeviceHarness.Virtual.Flash;

namespace DeviceHarness.Virtual.Logs;

/// <summary>A row of a log of numbers.</summary>
/// <param name="Stamp">When it was captured by the meter's clock, UTC.</param>
/// <param name="IsStampValid">Whether the meter trusted its clock.</param>
/// <param name="Values">What was captured.</param>
internal readonly record struct LogRow(DateTimeOffset Stamp, bool IsStampValid, IReadOnlyList<long> Values);

/// <summary>A log of rows of numbers in a ring of its flash: the oldest row makes room, and what is entered is there after a power
/// cut.</summary>
/// <remarks>
/// A row in flash:
/// <code>
/// number 8 | ticks 8 | valid 1 | values 8 each
/// </code>
/// Not safe for use from several threads.
/// </remarks>
internal sealed class MeterLog
{
    private const int HeadOctets = 17;
    private const int ValueOctets = 8;

    private readonly string _record;
    private readonly int _columns;
    private readonly IMeterFlash _flash;
    private readonly List<LogRow> _ring = [];
    private long _next;

    /// <summary>Finds in flash what was entered before.</summary>
    public MeterLog(string record, int capacity, int columns, IMeterFlash flash)
    {
        _record = record;
        Capacity = capacity;
        _columns = columns;
        _flash = flash;
        Load();
    }

    /// <summary>The most rows.</summary>
    public int Capacity { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _ring.Count;

    /// <summary>Whether nothing was ever entered.</summary>
    public bool IsNew => _next == 0;

    private int RowOctets => HeadOctets + (_columns * ValueOctets);

    /// <summary>A row; 0 is the oldest.</summary>
    public LogRow this[int row] => _ring[_ring.Count < Capacity ? row : (int)((_next + row) % Capacity)];

    /// <summary>Enters a row.</summary>
    public void Enter(DateTimeOffset stamp, bool isStampValid, params long[] values)
    {
        LogRow row = new(stamp, isStampValid, values);
        int place = (int)(_next % Capacity);
        byte[] octets = new byte[RowOctets];
        Encode(row, _next, octets);
        _flash.WriteAt(_record, place * RowOctets, octets);
        Put(place, row);
        _next++;
    }

    /// <summary>Enters rows into an empty log in one go.</summary>
    public void Fill(IReadOnlyList<LogRow> rows)
    {
        byte[] octets = new byte[Math.Min(rows.Count, Capacity) * RowOctets];
        foreach (LogRow row in rows.Skip(rows.Count - Math.Min(rows.Count, Capacity)))
        {
            Encode(row, _next, octets.AsSpan((int)_next * RowOctets));
            _ring.Add(row);
            _next++;
        }

        _flash.Write(_record, octets);
    }

    /// <summary>Removes all rows.</summary>
    public void Clear()
    {
        _flash.Erase(_record);
        _ring.Clear();
        _next = 0;
    }

    private void Put(int place, in LogRow row)
    {
        if (_ring.Count < Capacity)
        {
            _ring.Add(row);
        }
        else
        {
            _ring[place] = row;
        }
    }

    private static void Encode(in LogRow row, long number, Span<byte> target)
    {
        // The number in flash is one more, so that octets never written are no row.
        BinaryPrimitives.WriteInt64BigEndian(target, number + 1);
        BinaryPrimitives.WriteInt64BigEndian(target[8..], row.Stamp.UtcTicks);
        target[16] = row.IsStampValid ? (byte)1 : (byte)0;
        for (int column = 0; column < row.Values.Count; column++)
        {
            BinaryPrimitives.WriteInt64BigEndian(target[(HeadOctets + (column * ValueOctets))..], row.Values[column]);
        }
    }

    private void Load()
    {
        ReadOnlySpan<byte> octets = _flash.Read(_record);
        for (; octets.Length >= RowOctets; octets = octets[RowOctets..])
        {
            long number = BinaryPrimitives.ReadInt64BigEndian(octets);
            if (number == 0)
            {
                break;
            }

            long[] values = new long[_columns];
            for (int column = 0; column < _columns; column++)
            {
                values[column] = BinaryPrimitives.ReadInt64BigEndian(octets[(HeadOctets + (column * ValueOctets))..]);
            }

            DateTimeOffset stamp = new(BinaryPrimitives.ReadInt64BigEndian(octets[8..]), TimeSpan.Zero);
            _ring.Add(new LogRow(stamp, octets[16] != 0, values));
            _next = Math.Max(_next, number);
        }
    }
}
