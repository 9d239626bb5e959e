using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.Gsme.Tables;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 2.1: emergency credit, low credit, limits, debt cap, and the hours without disablement as a calendar of friendly credit.
/// One for later is refused before anything is sent: the warning level has no date.</summary>
[Srv("2.1")]
internal sealed class UpdateGasPrepayConfigurationHandler(GasMeter meter) : GasCommandHandler(meter, "UpdatePrepayConfigurationRsp")
{
    // Another number than that of the tariff's.
    private const uint CalendarId = 2;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (body is not UpdateGasPrepayConfiguration request)
        {
            return NotTaken("the settings are those of electricity");
        }

        if (request is IDeviceDated { IsWithdrawal: true })
        {
            return Done("the meter holds none for later");
        }

        if (request.ExecutionDateTime > Meter.Now)
        {
            return NotTaken("SetLowCreditWarningLevel has no date");
        }

        GasNonDisablementCalendar hours = request.NonDisablement;
        if (hours.Days.Any(day => day.Actions.Any(action => action.Start.Ticks % TimeSpan.TicksPerMinute != 0)))
        {
            return NotTaken("a day profile has whole minutes");
        }

        await SendAsync("EmergencyCreditSetup", content => content.Set("issuer_event_id", EventId).Set("start_time", ZclTime.Now)
            .Set("emergency_credit_limit", request.EmergencyCreditLimit)
            .Set("emergency_credit_threshold", request.EmergencyCreditThreshold), cancellationToken).ConfigureAwait(false);
        await SendAsync("SetLowCreditWarningLevel", content => content.Set("low_credit_warning_level", request.LowCreditThreshold),
            cancellationToken).ConfigureAwait(false);
        await SendAsync("SetMaximumCreditLimit", content => Issued(content).Set("maximum_credit_level", request.MaxMeterBalance)
            .Set("maximum_credit_per_top_up", request.MaxCreditThreshold), cancellationToken).ConfigureAwait(false);
        await SendAsync("SetOverallDebtCap", content => Issued(content).Set("overall_debt_cap", request.DebtRecoveryRateCap),
            cancellationToken).ConfigureAwait(false);
        await new GasCalendarWriter(Meter, CalendarId, GasCalendar.OfFriendlyCredit)
            .WriteAsync(CalendarOf(hours), ZclTime.Now, cancellationToken).ConfigureAwait(false);
        return Done();
    }

    private static GasCalendar CalendarOf(GasNonDisablementCalendar hours) => new(
        [.. hours.Days.Select(day => new GasCalendarDay(
            day.Day, [.. day.Actions.Select(action => new GasCalendarEntry(
                (int)action.Start.ToTimeSpan().TotalMinutes, action.IsStart ? 1 : 0))]))],
        hours.Weeks, hours.Seasons, hours.SpecialDays);

    private MessageContent Issued(MessageContent content) => content.Set("provider_id", Meter.Profile.ProviderId)
        .Set("issuer_event_id", EventId).Set("implementation_date_time", ZclTime.Now);

    private async Task SendAsync(string name, Action<MessageContent> fill, CancellationToken cancellationToken)
    {
        ClusterCommand command = ClusterCatalogue.Prepayment.Command(name, ZclSide.Client);
        MessageContent content = command.Create();
        fill(content);
        await SendAsync(command, content, cancellationToken).ConfigureAwait(false);
    }
}
