using System.Globalization;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>Tells the calendars that a gas meter follows.</summary>
/// <remarks>Source: ZigBee Smart Energy, Calendar cluster, as this harness's ZigBee guide 8.8 lists the commands of a client.</remarks>
internal sealed class CalendarPublications(GasMeterState state)
{
    /// <summary>The type of a calendar of friendly credit.</summary>
    public const byte Friendly = 3;

    private const byte Any = 0xFF;
    private const ushort AnyYear = 0xFFFF;
    private const int FirstYear = 1900;

    /// <summary>Answers a question.</summary>
    public ClusterReply Answer(ClusterMessage message)
    {
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => TellCalendar(ref reader),
            0x01 => TellEach(ref reader, (followed, first) => followed.Tables.Days.Where(day => day.Id >= first)
                .Select(day => new ClusterMessage(0x01, Day(followed, day)))),
            0x02 => TellEach(ref reader, (followed, first) => followed.Tables.Weeks.Where(week => NumberOf(week.Name) >= first)
                .Select(week => new ClusterMessage(
                    0x02, Head(followed.Id).Octet(NumberOf(week.Name)).Run([.. week.DayIds]).ToArray()))),
            0x03 => TellSeasons(ref reader),
            0x04 => TellSpecialDays(ref reader),
            _ => ClusterReply.Unknown,
        };
    }

    private ClusterReply TellCalendar(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        _ = reader.Octet();
        byte type = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (FollowedOf(type) is not { } followed)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        CalendarTables tables = followed.Tables;
        byte[] name = Convert.FromHexString(tables.Name);
        return ClusterReply.With(new ClusterMessage(0x00, Head(followed.Id).DoubleWord(0).Octet(followed.Type).Octet(0)
            .Octet((byte)name.Length).Run(name)
            .Octet((byte)tables.Seasons.Count).Octet((byte)tables.Weeks.Count).Octet((byte)tables.Days.Count).ToArray()));
    }

    private delegate IEnumerable<ClusterMessage> Tell(Followed followed, byte first);

    private ClusterReply TellEach(ref CommandReader reader, Tell tell)
    {
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        byte first = reader.Octet();
        byte count = reader.Octet();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        ClusterMessage[] told = FollowedAs(id) is { } followed
            ? [.. tell(followed, first).Take(count == 0 ? int.MaxValue : count)]
            : [];
        return told.Length == 0 ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.With(told);
    }

    private ClusterReply TellSeasons(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        if (!reader.IsWhole || FollowedAs(id) is not { } followed)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        WireOctets told = Head(followed.Id).Octet(0).Octet(1);
        foreach (SeasonProfile season in followed.Tables.Seasons)
        {
            Date(told, season.Start.Year, season.Start.Month, season.Start.Day, season.Start.DayOfWeek).Octet(NumberOf(season.Week));
        }

        return ClusterReply.With(new ClusterMessage(0x03, told.ToArray()));
    }

    private ClusterReply TellSpecialDays(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.Octet();
        byte type = reader.Octet();
        if (!reader.IsWhole || FollowedOf(type) is not { Days.Count: > 0 } followed)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        WireOctets told = Head(followed.Id).DoubleWord(0).Octet(followed.Type).Octet((byte)followed.Days.Count).Octet(0).Octet(1);
        foreach (SpecialDay day in followed.Days)
        {
            Date(told, day.Date.Year, day.Date.Month, day.Date.Day, day.Date.DayOfWeek).Octet(day.DayId);
        }

        return ClusterReply.With(new ClusterMessage(0x04, told.ToArray()));
    }

    private static byte[] Day(Followed followed, DayProfile day)
    {
        WireOctets told = Head(followed.Id).Octet(day.Id).Octet((byte)day.Actions.Count).Octet(0).Octet(1).Octet(followed.Type);
        foreach (DayAction action in day.Actions)
        {
            told.Word((ushort)action.Start.TotalMinutes).Octet((byte)action.Selector);
        }

        return told.ToArray();
    }

    private static WireOctets Head(uint id) => new WireOctets().DoubleWord(0).DoubleWord(0).DoubleWord(id);

    private static WireOctets Date(WireOctets told, ushort year, byte month, byte day, byte weekday) =>
        told.Octet(year == AnyYear ? Any : (byte)(year - FirstYear)).Octet(month).Octet(day).Octet(weekday);

    private static byte NumberOf(string name) => byte.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private Followed? FollowedOf(byte type) => type == Friendly
        ? state.Settings.FriendlyHours is { } hours
            ? new Followed(state.Settings.FriendlyCalendarId, Friendly, hours.Tables, hours.Days)
            : null
        : new Followed(state.Settings.TariffCalendarId, 0, state.Tariff.Active, [.. state.Tariff.ActiveDays.Days]);

    private Followed? FollowedAs(uint id) => FollowedOf(0) is { } tariff && tariff.Id == id ? tariff
        : FollowedOf(Friendly) is { } friendly && friendly.Id == id ? friendly
        : null;

    private sealed record Followed(uint Id, byte Type, CalendarTables Tables, IReadOnlyList<SpecialDay> Days);
}
