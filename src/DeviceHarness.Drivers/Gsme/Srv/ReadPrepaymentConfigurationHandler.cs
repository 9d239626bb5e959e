using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.13: the settings of prepayment by the attributes of the Prepayment server, and the hours without disablement from the
/// calendar of friendly credit, where the device has one.</summary>
[Srv("4.13")]
internal sealed class ReadPrepaymentConfigurationHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    private const ushort DebtCap = 0x0006;
    private const ushort EmergencyLimit = 0x0010;
    private const ushort EmergencyThreshold = 0x0011;
    private const ushort MaximumBalance = 0x0021;
    private const ushort MaximumTopUp = 0x0022;
    private const ushort LowCredit = 0x0031;
    private const ushort CutOff = 0x0040;
    private const ushort DebtShare = 0x0239;
    private const ushort FirstFrequency = 0x0216;
    private const ushort FirstRecovery = 0x0217;
    private const ushort SecondFrequency = 0x0226;
    private const ushort SecondRecovery = 0x0227;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(
            ClusterCatalogue.Prepayment, cancellationToken, DebtCap, EmergencyLimit, EmergencyThreshold, MaximumBalance, MaximumTopUp,
            LowCredit, CutOff, DebtShare, FirstFrequency, FirstRecovery, SecondFrequency, SecondRecovery).ConfigureAwait(false);
        _ = values.Require(EmergencyLimit);
        GasCalendar? hours = await GasCalendarReader.ReadAsync(Meter, GasCalendar.OfFriendlyCredit, cancellationToken)
            .ConfigureAwait(false);
        return new ReadPrepaymentConfigurationRsp
        {
            MessageSuccess = true,
            DebtRecoveryRateCap = values.Number(DebtCap),
            EmergencyCreditLimit = values.Number(EmergencyLimit),
            EmergencyCreditThreshold = values.Number(EmergencyThreshold),
            MaxCreditMaxMeterBalance = values.Number(MaximumBalance),
            CreditMaxCreditThreshold = values.Number(MaximumTopUp),
            LowCreditThreshold = values.Number(LowCredit),
            DisablementThreshold = values.Number(CutOff),
            DebtRecoveryPerPayment = values.Number(DebtShare),
            Gas = new GasPrepaymentReading(
                hours is null ? null : HoursOf(hours), RecoveryOf(values, FirstRecovery, FirstFrequency),
                RecoveryOf(values, SecondRecovery, SecondFrequency)),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() =>
        new ReadPrepaymentConfigurationRsp { MessageSuccess = false, Gas = new GasPrepaymentReading() };

    private static GasDebtRecovery? RecoveryOf(AttributeValues values, ushort recovery, ushort frequency) =>
        values.Number(recovery) is not { } rate ? null
        : new GasDebtRecovery(rate, values.Number(frequency) switch
        {
            0 => DebtRecoveryPeriod.Hourly,
            1 => DebtRecoveryPeriod.Daily,
            _ => null,
        });

    private static GasNonDisablementCalendar HoursOf(GasCalendar hours) => new(
        [.. hours.Days.Select(day => new GasNonDisablementDay(day.Day, [.. day.Entries.Select(entry => new GasNonDisablementAction(
            new TimeOnly(entry.Minutes / 60, entry.Minutes % 60), entry.Value != 0))]))],
        hours.Weeks, hours.Seasons, hours.SpecialDays);
}
