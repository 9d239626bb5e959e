using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>Asks a gas meter for a calendar that it follows.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Calendar cluster, as this harness's ZigBee guide 8.8 sums it up. That a meter answers for its own
/// calendars is an assumption; one that does not have the cluster, or has no calendar of the type, tells none.</remarks>
internal static class GasCalendarReader
{
    private const byte Newest = 1;
    private const byte All = 0;
    private const uint AnyEvent = 0xFFFF_FFFF;
    private const uint AnyProvider = 0xFFFF_FFFF;

    /// <summary>Asks for it.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="type">The type of the calendar.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The calendar; null for none.</returns>
    internal static async Task<GasCalendar?> ReadAsync(SmartEnergyDevice meter, byte type, CancellationToken cancellationToken)
    {
        IReadOnlyList<MessageContent> found = await AskAsync(
            meter, "GetCalendar", "PublishCalendar", content => content.Set("earliest_start_time", 0).Set("min_issuer_event_id", AnyEvent)
                .Set("number_of_calendars", Newest).Set("calendar_type", type).Set("provider_id", AnyProvider),
            1, cancellationToken).ConfigureAwait(false);
        if (found is not [MessageContent calendar, ..])
        {
            return null;
        }

        (ulong id, ulong provider) = (calendar.Number("issuer_calendar_id"), calendar.Number("provider_id"));
        IReadOnlyList<MessageContent> days = await TablesAsync("GetDayProfiles", "PublishDayProfile", "day").ConfigureAwait(false);
        IReadOnlyList<MessageContent> weeks = await TablesAsync("GetWeekProfiles", "PublishWeekProfile", "week").ConfigureAwait(false);
        IReadOnlyList<MessageContent> seasons = await AskAsync(
            meter, "GetSeasons", "PublishSeasons", content => content.Set("provider_id", (long)provider)
                .Set("issuer_calendar_id", (long)id), 1, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<MessageContent> special = await AskAsync(
            meter, "GetSpecialDays", "PublishSpecialDays", content => content.Set("start_time", 0).Set("number_of_events", All)
                .Set("calendar_type", type).Set("provider_id", (long)provider).Set("issuer_calendar_id", (long)id),
            1, cancellationToken).ConfigureAwait(false);
        return new GasCalendar(
            [.. days.Select(Day)], [.. weeks.Select(Week)], [.. seasons.SelectMany(part => part.Items("seasons")).Select(Season)],
            [.. special.SelectMany(part => part.Items("days")).Select(SpecialDay)]);

        Task<IReadOnlyList<MessageContent>> TablesAsync(string ask, string answer, string what) => AskAsync(
            meter, ask, answer, content => content.Set("provider_id", (long)provider).Set("issuer_calendar_id", (long)id)
                .Set($"start_{what}_id", 0).Set($"number_of_{what}s", All),
            (int)calendar.Number($"{what}_profiles"), cancellationToken);
    }

    private static async Task<IReadOnlyList<MessageContent>> AskAsync(
        SmartEnergyDevice meter, string ask, string answer, Action<MessageContent> fill, int count, CancellationToken cancellationToken)
    {
        ClusterCommand command = ClusterCatalogue.Calendar.Command(ask, ZclSide.Client);
        MessageContent content = command.Create();
        fill(content);
        try
        {
            int told = 0;
            IReadOnlyList<ZclReply> replies = await meter.CollectAsync(
                command, content, ClusterCatalogue.Calendar.Command(answer, ZclSide.Server), _ => ++told >= count, cancellationToken)
                .ConfigureAwait(false);
            return [.. replies.Select(reply => reply.Content)];
        }
        catch (DeviceRefusedException none) when (none.DeviceCode is (int)ZclStatus.NotFound or (int)ZclStatus.UnsupportedCluster
            or (int)ZclStatus.UnsupportedClusterCommand)
        {
            return [];
        }
    }

    private static GasCalendarDay Day(MessageContent told) => new(
        (int)told.Number("day_id"), [.. told.Items("entries").Select(entry => new GasCalendarEntry(
            (int)entry.Number("start_minutes"), (int)entry.Number("tier_or_switch")))]);

    private static TariffWeek Week(MessageContent told) => new(
        (int)told.Number("week_id"),
        [.. ((string[])["mon", "tue", "wed", "thu", "fri", "sat", "sun"]).Select(day => (int)told.Number($"day_id_ref_{day}"))]);

    private static GasSeason Season(MessageContent told) => new(
        GasCalendarDate.From(told.Octets("season_start_date").Span), (int)told.Number("week_id_ref"));

    private static TariffSpecialDay SpecialDay(MessageContent told) => new(
        GasCalendarDate.From(told.Octets("special_day_date").Span), (int)told.Number("day_id_ref"));
}
