using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Reads event logs that are profiles of class 7, of whatever device. Columns are found by what the device says that it
/// captures.</summary>
internal sealed class EventLogBuffers(
    DlmsClient client, IReadOnlyDictionary<EventLog, ObisCode> logs, CosemAttributeDescriptor clock, string port,
    RowClockNotes notes) : IEventLogReader
{
    private static readonly ObisCode EventCode = ObisCode.Parse("0-0:96.11.0.255");

    /// <inheritdoc/>
    public IReadOnlyCollection<EventLog> EventLogs { get; } = [.. logs.Keys.Order()];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<EventLogEntry>> ReadEventLogAsync(
        EventLog log, ReadLogPeriod period, CancellationToken cancellationToken)
    {
        LogRows rows = await new LogBuffer(client, logs[log], clock, port, notes).ReadRangeAsync(period, cancellationToken)
            .ConfigureAwait(false);
        int code = rows.IndexOf(column => column.Attribute.LogicalName == EventCode);
        if (code < 0)
        {
            throw rows.Unexpected($"no column for the event code {EventCode}");
        }

        int other = rows.IndexOf(column =>
            column.Attribute.LogicalName != EventCode && column.Attribute.LogicalName != clock.LogicalName);
        return [.. rows.Rows.Select((row, index) => new EventLogEntry(
            rows.Times[index], Hex(row[code]), LogMeaning: null, other < 0 ? null : Hex(row[other])))
            .TakeLast(ReadEventOrSecurityLogRsp.MaxEntries)];
    }

    private static string Hex(DlmsData value)
    {
        if (!value.TryGetInt64(out long number))
        {
            return Convert.ToHexString(value.Octets.Span);
        }

        // Event codes have four digits; a longer number keeps all of its own.
        string digits = number.ToString("X4", CultureInfo.InvariantCulture);
        return digits.Length % 2 == 0 ? digits : $"0{digits}";
    }
}
