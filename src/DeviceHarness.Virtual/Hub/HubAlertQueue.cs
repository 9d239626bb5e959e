using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Objects;

namespace DeviceHarness.Virtual.Hub;

/// <summary>The alerts that wait in a hub: when, what, and the EUI-64 of the device that each is about; method 1 takes them all
/// away.</summary>
internal sealed class HubAlertQueue(ObisCode logicalName, HubState hub, ObisCode alertCode, ObisCode about)
    : CosemProfile<HubState>(
        logicalName, hub, HubState.AlertCapacity, [new ProfileColumn(DataClass, alertCode, 2), new ProfileColumn(DataClass, about, 2)],
        ClientAccess.Management)
{
    private const ushort DataClass = 1;
    private const int CodeColumn = 1;

    /// <inheritdoc/>
    protected override uint CapturePeriodSeconds => 0;

    /// <inheritdoc/>
    protected override int RowCount => Meter.Alerts.Count;

    /// <inheritdoc/>
    protected override (DateTimeOffset Stamp, bool IsValid) StampOf(int row) => (Meter.Alerts[row].Stamp, true);

    /// <inheritdoc/>
    protected override void EncodeCaptured(int row, int column, ref AxdrWriter writer)
    {
        if (column == CodeColumn)
        {
            writer.WriteLongUnsigned(Meter.Alerts[row].Code);
        }
        else
        {
            writer.WriteOctetString(HubObjects.Octets(Meter.Alerts[row].About));
        }
    }

    /// <inheritdoc/>
    protected override void Clear() => Meter.ClearAlerts();
}
