using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Objects;

/// <summary>One of the event logs: what happened when.</summary>
internal sealed class EventLogProfile(
    ObisCode logicalName, EsmeState meter, ObisCode eventCode, Func<EventLogs, IReadOnlyList<EventEntry>> log, bool canBeCleared)
    : CosemProfile<EsmeState>(
        logicalName,
        meter,
        EventLogs.Capacity,
        [new ProfileColumn(DataClass, eventCode, 2)],
        canBeCleared ? ClientAccess.Management : null)
{
    private const ushort DataClass = 1;

    /// <inheritdoc/>
    protected override uint CapturePeriodSeconds => 0;

    /// <inheritdoc/>
    protected override int RowCount => log(Meter.Logs).Count;

    /// <inheritdoc/>
    protected override (DateTimeOffset Stamp, bool IsValid) StampOf(int row)
    {
        EventEntry entry = log(Meter.Logs)[row];
        return (entry.Stamp, entry.IsStampValid);
    }

    /// <inheritdoc/>
    protected override void EncodeCaptured(int row, int column, ref AxdrWriter writer) =>
        writer.WriteLongUnsigned((ushort)log(Meter.Logs)[row].Code);

    /// <inheritdoc/>
    protected override void Clear() => Meter.ClearEventLog();
}
