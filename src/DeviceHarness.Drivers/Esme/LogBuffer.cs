using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Reads the rows of a log that lie in a period.</summary>
internal sealed class LogBuffer(DlmsClient client, ObisCode name, CosemAttributeDescriptor clock, string port, RowClockNotes notes)
{
    private readonly ProfileGeneric _profile = new(client, name, port);

    /// <summary>Reads the rows of a period; the device decides what lies in it.</summary>
    internal async ValueTask<LogRows> ReadRangeAsync(ReadLogPeriod period, CancellationToken cancellationToken)
    {
        IReadOnlyList<CaptureObject> columns = await _profile.ReadColumnsAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<IReadOnlyList<DlmsData>> rows = await _profile.ReadRangeAsync(
            clock, period.Start, period.End, columns.Count, cancellationToken).ConfigureAwait(false);
        LogRows log = await CompleteAsync(columns, rows, cancellationToken).ConfigureAwait(false);
        notes.Add(log);
        return log;
    }

    /// <summary>Reads all rows by their numbers, and keeps those whose time lies in the period.</summary>
    internal async ValueTask<LogRows> ReadEntriesAsync(ReadLogPeriod period, CancellationToken cancellationToken)
    {
        IReadOnlyList<CaptureObject> columns = await _profile.ReadColumnsAsync(cancellationToken).ConfigureAwait(false);
        long count = await _profile.ReadEntriesInUseAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<IReadOnlyList<DlmsData>> rows = count == 0
            ? []
            : await _profile.ReadEntriesAsync(1, (uint)count, columns.Count, cancellationToken).ConfigureAwait(false);
        LogRows log = await CompleteAsync(columns, rows, cancellationToken).ConfigureAwait(false);
        LogRows within = log.Within(period);
        notes.Add(within);
        return within;
    }

    /// <summary>Reads the capture period, in seconds; 0 when values are captured by events.</summary>
    internal ValueTask<long> ReadPeriodSecondsAsync(CancellationToken cancellationToken) =>
        _profile.ReadPeriodSecondsAsync(cancellationToken);

    private async ValueTask<LogRows> CompleteAsync(
        IReadOnlyList<CaptureObject> columns, IReadOnlyList<IReadOnlyList<DlmsData>> rows, CancellationToken cancellationToken)
    {
        LogRows log = new(columns, rows, clock, $"{port}: profile {name}");
        if (log.NeedsPeriod)
        {
            long seconds = await _profile.ReadPeriodSecondsAsync(cancellationToken).ConfigureAwait(false);
            log.Complete(TimeSpan.FromSeconds(seconds));
        }

        return log;
    }
}
