using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Supply;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 7.3: lets the consumer switch the supply on. SRV 7.4 reads the state.</summary>
[Srv("7.3")]
internal sealed class ArmSupplyHandler(WriteObjects objects) : ProfiledWriteHandler<ArmSupply>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(ArmSupply request, WritePlan plan) => plan.AtOnce("ArmSupply", DlmsData.Null);
}
