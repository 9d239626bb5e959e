using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 2.3: changes how debts are collected, and then the debts. A change of a debt adds: repeating a request that was lost
/// half-way would add twice, so that the outcome says how far it came.</summary>
[Srv("2.3")]
internal sealed class UpdateDebtHandler(WriteObjects objects) : ProfiledWriteHandler<UpdateDebt>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdateDebt request, WritePlan plan)
    {
        Collect(plan, "1", request.DebtRecovery1);
        Collect(plan, "2", request.DebtRecovery2);
        plan.AtOnce("DebtRecoveryPerPayment", DlmsData.Long64(request.DebtRecoveryPerPayment));
        plan.AtOnce("TimeDebtRegister1", DlmsData.Long64(request.TimeDebtRegister1));
        plan.AtOnce("TimeDebtRegister2", DlmsData.Long64(request.TimeDebtRegister2));
        plan.AtOnce("PaymentDebtRegister", DlmsData.Long64(request.PaymentDebtRegister));
    }

    private static void Collect(WritePlan plan, string number, DebtRecovery recovery)
    {
        plan.AtOnce($"DebtRecoveryRate{number}", TariffValues.Charge(recovery.PriceScale, (short)recovery.Rate));
        if (recovery.Period is { } period)
        {
            plan.AtOnce($"DebtRecoveryRatePeriod{number}", DlmsData.VisibleString(period.ToString().ToUpperInvariant()));
        }
    }
}
