using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 1.5: adds to the meter balance, or sets it to zero. The mode that the request is for is not held against the
/// meter's.</summary>
[Srv("1.5")]
internal sealed class UpdateMeterBalanceHandler(WriteObjects objects) : ProfiledWriteHandler<UpdateMeterBalance>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdateMeterBalance request, WritePlan plan)
    {
        if (request.Adjustment is { } adjustment)
        {
            plan.AtOnce("AdjustMeterBalance", DlmsData.Long64(adjustment));
        }
        else
        {
            plan.AtOnce("ResetMeterBalance", DlmsData.Long64(0));
        }
    }
}
