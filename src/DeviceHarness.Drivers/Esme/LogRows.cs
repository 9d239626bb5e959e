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
    private readonly string[] _statuses;

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

        _times = new DateTimeOffset?[rows.Count];
        _statuses = new string[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            (_times[row], _statuses[row]) = rows[row][column].IsNull ? (null, string.Empty) : Moment(rows[row][column]);
        }
    }

    private LogRows(LogRows whole, int[] kept)
    {
        Columns = whole.Columns;
        Rows = [.. kept.Select(row => whole.Rows[row])];
        _times = [.. kept.Select(row => whole._times[row])];
        _statuses = [.. kept.Select(row => whole._statuses[row])];
        _what = whole._what;
    }

    /// <summary>What the columns are.</summary>
    internal IReadOnlyList<CaptureObject> Columns { get; }

    /// <summary>The rows.</summary>
    internal IReadOnlyList<IReadOnlyList<DlmsData>> Rows { get; }

    /// <summary>The time of each row.</summary>
    internal IReadOnlyList<DateTimeOffset?> Times => _times;

    /// <summary>What the device's clock said of a row's time; empty when it can be trusted, or the row gives none of its own.</summary>
    internal string ClockStatusOf(int row) => _statuses[row];

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
        return new LogRows(this, kept);
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

    private (DateTimeOffset? Time, string ClockStatus) Moment(DlmsData value)
    {
        bool isMoment = value.Type is DlmsDataType.OctetString or DlmsDataType.DateTime && value.Octets.Length == CosemDateTime.OctetCount;
        return isMoment
            && CosemDateTime.Decode(value.Octets.Span, out CosemDateTime moment, out _, out CodecFault _) == OperationStatus.Done
            && moment.TryToDateTimeOffset(out DateTimeOffset time, TimeSpan.Zero)
            ? (time.ToUniversalTime(), ClockStatusText.Of(moment))
            : throw Unexpected($"the time {value} is none");
    }
}
