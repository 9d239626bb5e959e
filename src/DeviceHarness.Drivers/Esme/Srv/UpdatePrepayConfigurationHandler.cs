using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 2.1: changes how prepayment works. Special days are there before the schedule that names them.</summary>
[Srv("2.1")]
internal sealed class UpdatePrepayConfigurationHandler(WriteObjects objects) : ProfiledWriteHandler<UpdatePrepayConfiguration>(objects)
{
    private const string Schedule = "ElectricityNonDisablementSchedule";

    /// <inheritdoc/>
    protected override void Plan(UpdatePrepayConfiguration request, WritePlan plan)
    {
        if (NonDisablementValues.ProblemOf(request.NonDisablement) is { } problem)
        {
            plan.Refuse(problem);
            return;
        }

        ObisCode script = plan.ScriptOf(Schedule);
        ushort begin = (ushort)plan.WordOf(Schedule, "START");
        ushort end = (ushort)plan.WordOf(Schedule, "STOP");
        plan.AtOnce("DebtRecoveryRateCap", DlmsData.Long64(request.DebtRecoveryRateCap));
        plan.AtOnce("EmergencyCreditLimit", DlmsData.Long64(request.EmergencyCreditLimit));
        plan.AtOnce("EmergencyCreditThreshold", DlmsData.Long64(request.EmergencyCreditThreshold));
        plan.AtOnce("LowCreditThreshold", DlmsData.Long64(request.LowCreditThreshold));
        plan.AtOnce("ElectricitySpecialDays", NonDisablementValues.SpecialDays(request.NonDisablement));
        plan.AtOnce(Schedule, NonDisablementValues.Schedule(request.NonDisablement, script, begin, end));
        plan.AtOnce("MaxMeterBalance", DlmsData.Long64(request.MaxMeterBalance));
        plan.AtOnce("MaxCreditThreshold", DlmsData.Long64(request.MaxCreditThreshold));
    }
}
