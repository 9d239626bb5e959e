using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Hub;

/// <summary>One of a hub's event logs: what happened when.</summary>
internal sealed class HubEventLog(
    ObisCode logicalName, HubState hub, ObisCode eventCode, Func<EventLogs, IReadOnlyList<EventEntry>> log, bool canBeCleared)
    : CosemProfile<HubState>(
        logicalName, hub, EventLogs.Capacity, [new ProfileColumn(DataClass, eventCode, 2)],
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
    protected override void Clear() => Meter.ClearEvents();
}
