using System.Buffers;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Esme;

/// <summary>The rows of a log with their times.</summary>
internal sealed class LogRows
{
    private readonly string _what;
    private readonly DateTimeOffset?[] _times;

    internal LogRows(
        IReadOnlyList<CaptureObject> columns, IReadOnlyList<IReadOnlyList<DlmsData>> rows, CosemAttributeDescriptor clock, string what)
    {
        Columns = columns;
        Rows = rows;
        _what = what;
        int column = IndexOf(candidate => candidate.Attribute == clock);
        if (column < 0)
        {
            throw Unexpected($"no column for the clock {clock}");
        }

        _times = [.. rows.Select(row => row[column].IsNull ? (DateTimeOffset?)null : Time(row[column]))];
    }

    private LogRows(
        IReadOnlyList<CaptureObject> columns, IReadOnlyList<IReadOnlyList<DlmsData>> rows, DateTimeOffset?[] times, string what)
    {
        Columns = columns;
        Rows = rows;
        _times = times;
        _what = what;
    }

    /// <summary>What the columns are.</summary>
    internal IReadOnlyList<CaptureObject> Columns { get; }

    /// <summary>The rows.</summary>
    internal IReadOnlyList<IReadOnlyList<DlmsData>> Rows { get; }

    /// <summary>The time of each row.</summary>
    internal IReadOnlyList<DateTimeOffset?> Times => _times;

    /// <summary>Whether a row leaves its time to be computed from the one before.</summary>
    internal bool NeedsPeriod => _times.Contains(null);

    /// <summary>Computes the times that are left out: the row before, and one capture period.</summary>
    internal void Complete(TimeSpan period)
    {
        for (int row = 0; row < _times.Length; row++)
        {
            DateTimeOffset? before = row == 0 ? null : _times[row - 1];
            _times[row] ??= before is { } time && period > TimeSpan.Zero
                ? time + period
                : throw Unexpected($"row {row + 1} has no time, and nothing to compute it from");
        }
    }

    /// <summary>The rows whose time lies in a period, both ends included. Their times must be complete.</summary>
    internal LogRows Within(ReadLogPeriod period)
    {
        int[] kept = [.. Enumerable.Range(0, Rows.Count).Where(row => _times[row] >= period.Start && _times[row] <= period.End)];
        return new LogRows(Columns, [.. kept.Select(row => Rows[row])], [.. kept.Select(row => _times[row])], _what);
    }

    /// <summary>The place of a column; -1 when there is none.</summary>
    internal int IndexOf(Func<CaptureObject, bool> isWanted)
    {
        for (int column = 0; column < Columns.Count; column++)
        {
            if (isWanted(Columns[column]))
            {
                return column;
            }
        }

        return -1;
    }

    /// <summary>The error for a log that is not as it must be.</summary>
    internal RemoteProtocolException Unexpected(string problem) => DlmsFaults.Unexpected(ReadOnlyMemory<byte>.Empty, _what, problem);

    private DateTimeOffset Time(DlmsData value)
    {
        bool isMoment = value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime && value.Octets.Length == CosemDateTime.OctetCount;
        return isMoment
            && CosemDateTime.Decode(value.Octets.Span, out CosemDateTime moment, out _, out CodecFault _) == OperationStatus.Done
            && moment.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero)
            ? time.ToUniversalTime()
            : throw Unexpected($"the time {value} is none");
    }
}
