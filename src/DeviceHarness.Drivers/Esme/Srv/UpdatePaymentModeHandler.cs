using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 1.6: changes the payment mode, now or at its date. What comes with prepayment mode is there before the mode is.</summary>
[Srv("1.6")]
internal sealed class UpdatePaymentModeHandler(WriteObjects objects) : ProfiledWriteHandler<UpdatePaymentMode>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdatePaymentMode request, WritePlan plan)
    {
        plan.Hold("PaymentModeTime");
        PaymentMode mode = PaymentMode.Credit;
        if (request.Prepayment is { } settings)
        {
            mode = PaymentMode.Prepayment;
            plan.AtOnce("SuspendDebtDisabled", DlmsData.Boolean(settings.SuspendDebtDisabled));
            plan.AtOnce("SuspendDebtEmergency", DlmsData.Boolean(settings.SuspendDebtEmergency));
            plan.AtOnce("DisablementThreshold", DlmsData.Long64(settings.DisablementThreshold));
        }

        plan.Prepare("PaymentMode", DlmsData.VisibleString(mode.ToString()));
        plan.Activate("ActivatePaymentMode", "PaymentModeTime");
    }
}
