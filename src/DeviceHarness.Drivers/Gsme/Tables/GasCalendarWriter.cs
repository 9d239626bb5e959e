using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>Tells a gas meter a calendar: that there is one, then each of its tables.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Calendar cluster, as this harness's ZigBee guide 8.8 sums it up. The meter may answer that there is
/// one with its questions for the tables; they are sent without being asked for. The seasons come last.</remarks>
/// <param name="meter">The meter.</param>
/// <param name="id">The number of the calendar.</param>
/// <param name="type">Its type.</param>
internal sealed class GasCalendarWriter(GasMeter meter, uint id, byte type)
{
    private const int DaysPerCommand = 6;

    private readonly uint _event = ZclTime.FromMoment(meter.Now);

    /// <summary>Tells it.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="start">From when on it holds, as the profile writes times.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task WriteAsync(GasCalendar calendar, uint start, CancellationToken cancellationToken)
    {
        await SendAsync("PublishCalendar", content => content.Set("start_time", start).Set("calendar_type", type)
            .Set("time_reference", 0).Set("calendar_name", "DH").Set("seasons", calendar.Seasons.Count)
            .Set("week_profiles", calendar.Weeks.Count).Set("day_profiles", calendar.Days.Count), cancellationToken)
            .ConfigureAwait(false);
        TariffSpecialDay[][] parts = [.. calendar.SpecialDays.Chunk(DaysPerCommand)];
        for (int index = 0; index < parts.Length; index++)
        {
            TariffSpecialDay[] part = parts[index];
            (int place, int total) = (index, calendar.SpecialDays.Count);
            await SendAsync("PublishSpecialDays", content => Fill(content.Set("start_time", start).Set("calendar_type", type)
                .Set("total_special_days", total).Set("command_index", place).Set("total_commands", parts.Length), part),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (GasCalendarDay day in calendar.Days)
        {
            await SendAsync("PublishDayProfile", content => Fill(content, day), cancellationToken).ConfigureAwait(false);
        }

        foreach (TariffWeek week in calendar.Weeks)
        {
            await SendAsync("PublishWeekProfile", content => content.Set("week_id", week.Week)
                .Set("day_id_ref_mon", week.Days[0]).Set("day_id_ref_tue", week.Days[1]).Set("day_id_ref_wed", week.Days[2])
                .Set("day_id_ref_thu", week.Days[3]).Set("day_id_ref_fri", week.Days[4]).Set("day_id_ref_sat", week.Days[5])
                .Set("day_id_ref_sun", week.Days[6]), cancellationToken).ConfigureAwait(false);
        }

        await SendAsync("PublishSeasons", content =>
        {
            content.Set("command_index", 0).Set("total_commands", 1);
            foreach (GasSeason season in calendar.Seasons)
            {
                content.Add("seasons").Set("season_start_date", GasCalendarDate.ToOctets(season.Start)).Set("week_id_ref", season.Week);
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    private static void Fill(MessageContent content, TariffSpecialDay[] days)
    {
        foreach (TariffSpecialDay day in days)
        {
            content.Add("days").Set("special_day_date", GasCalendarDate.ToOctets(day.Date)).Set("day_id_ref", day.Day);
        }
    }

    private void Fill(MessageContent content, GasCalendarDay day)
    {
        content.Set("day_id", day.Day).Set("total_schedule_entries", day.Entries.Count).Set("command_index", 0).Set("total_commands", 1)
            .Set("calendar_type", type);
        foreach (GasCalendarEntry entry in day.Entries)
        {
            content.Add("entries").Set("start_minutes", entry.Minutes).Set("tier_or_switch", entry.Value);
        }
    }

    private async Task SendAsync(string name, Action<MessageContent> fill, CancellationToken cancellationToken)
    {
        ClusterCommand command = ClusterCatalogue.Calendar.Command(name, ZclSide.Server);
        MessageContent content = command.Create().Set("provider_id", meter.Profile.ProviderId).Set("issuer_event_id", _event)
            .Set("issuer_calendar_id", id);
        fill(content);
        await meter.CommandAsync(command, content, null, cancellationToken).ConfigureAwait(false);
    }
}
