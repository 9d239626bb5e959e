using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 3.1: writes the message that the consumer is shown.</summary>
[Srv("3.1")]
internal sealed class DisplayMessageHandler(WriteObjects objects) : ProfiledWriteHandler<DisplayMessage>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(DisplayMessage request, WritePlan plan) =>
        plan.AtOnce("SupplierMessage", DlmsData.VisibleString(request.SupplierMessage));
}
