using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.13: reads how prepayment works. Amounts are as the meter counts them.</summary>
[Srv("4.13")]
internal sealed class ReadPrepaymentConfigurationHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    private const long Hour = 3_600;
    private const long Day = 86_400;

    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken) => new ReadPrepaymentConfigurationRsp
        {
            MessageSuccess = true,
            DebtRecoveryPerPayment = await values.IntegerAsync("DebtRecoveryPerPayment", cancellationToken).ConfigureAwait(false),
            DebtRecoveryRateCap = await values.IntegerAsync("DebtRecoveryRateCap", cancellationToken).ConfigureAwait(false),
            DisablementThreshold = await values.IntegerAsync("DisablementThreshold", cancellationToken).ConfigureAwait(false),
            EmergencyCreditLimit = await values.IntegerAsync("EmergencyCreditLimit", cancellationToken).ConfigureAwait(false),
            EmergencyCreditThreshold = await values.IntegerAsync("EmergencyCreditThreshold", cancellationToken).ConfigureAwait(false),
            LowCreditThreshold = await values.IntegerAsync("LowCreditThreshold", cancellationToken).ConfigureAwait(false),
            CreditMaxCreditThreshold = await values.IntegerAsync("CreditMaxCreditThreshold", cancellationToken).ConfigureAwait(false),
            MaxCreditMaxMeterBalance = await values.IntegerAsync("MaxCreditMaxMeterBalance", cancellationToken).ConfigureAwait(false),
            SuspendDebtDisabled = await values.TruthAsync("SuspendDebtDisabled", cancellationToken).ConfigureAwait(false),
            SuspendDebtEmergency = await values.TruthAsync("SuspendDebtEmergency", cancellationToken).ConfigureAwait(false),
            PaymentMode = await PaymentModes.ReadAsync(values, cancellationToken).ConfigureAwait(false),
            NonDisablement = await CalendarAsync(values, cancellationToken).ConfigureAwait(false),
            DebtRecovery1 = await RecoveryAsync(values, "1", cancellationToken).ConfigureAwait(false),
            DebtRecovery2 = await RecoveryAsync(values, "2", cancellationToken).ConfigureAwait(false),
        };

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadPrepaymentConfigurationRsp { MessageSuccess = false };

    private static async Task<NonDisablementCalendar?> CalendarAsync(ReadValues values, CancellationToken cancellationToken)
    {
        const string days = "ElectricitySpecialDays";
        const string schedule = "ElectricityNonDisablementSchedule";
        DlmsData? special = await values.DataAsync(days, cancellationToken).ConfigureAwait(false);
        DlmsData? entries = await values.DataAsync(schedule, cancellationToken).ConfigureAwait(false);
        if (entries is null)
        {
            return null;
        }

        ValueList<NonDisablementSpecialDay> read = special is null
            ? []
            : CalendarTables.All(special, NonDisablementCalendar.MaxSpecialDays, CalendarTables.NonDisablementDay)
                ?? throw values.Unexpected(days, "a table of special days that no answer can hold");
        return new NonDisablementCalendar(
            read,
            CalendarTables.All(entries, NonDisablementCalendar.MaxSwitches, CalendarTables.NonDisablementSwitch)
                ?? throw values.Unexpected(schedule, "a schedule that no answer can hold"));
    }

    private static async Task<DebtRecovery?> RecoveryAsync(ReadValues values, string number, CancellationToken cancellationToken)
    {
        long? rate = await values.IntegerAsync($"DebtRecoveryRate{number}", cancellationToken).ConfigureAwait(false);
        long? scale = await values.IntegerAsync($"DebtRecoveryRatePriceScale{number}", cancellationToken).ConfigureAwait(false);
        long? period = await values.IntegerAsync($"DebtRecoveryRatePeriod{number}", cancellationToken).ConfigureAwait(false);
        if (rate is null)
        {
            return null;
        }

        return new DebtRecovery(rate.Value, (sbyte)(scale ?? 0), period switch
        {
            Hour => DebtRecoveryPeriod.Hourly,
            Day => DebtRecoveryPeriod.Daily,
            _ => null,
        });
    }
}
