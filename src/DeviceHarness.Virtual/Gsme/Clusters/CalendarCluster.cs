using System.Globalization;
using System.Text;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The Calendar cluster of a gas meter: as client it hears of a calendar, asks for its tables, and switches when all are there and
/// its time has come; as server it tells the calendars that it follows.</summary>
/// <remarks>Source: ZigBee Smart Energy, Calendar cluster, as this harness's ZigBee guide 8.8 sums it up. It follows one calendar of its
/// tariff and one of friendly credit, which holds at once. What is half there when the meter loses its power has to come again. That a
/// meter is a server of this cluster is an assumption.</remarks>
internal sealed class CalendarCluster(GasMeterState state) : GasCluster(state)
{
    private const byte Both = 2;
    private const byte Friendly = CalendarPublications.Friendly;
    private const byte On = 1;
    private const byte Any = 0xFF;
    private const int FirstYear = 1900;
    private const int MinutesPerDay = 1440;

    private readonly SortedDictionary<byte, List<DayAction>> _days = [];
    private readonly SortedDictionary<byte, byte[]> _weeks = [];
    private readonly SortedDictionary<byte, SeasonProfile[]> _seasons = [];
    private readonly SortedDictionary<byte, SpecialDay[]> _special = [];
    private readonly CalendarPublications _publications = new(state);
    private Announcement? _announced;

    /// <inheritdoc/>
    public override ushort Id => 0x0707;

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message)
    {
        State.Settle();
        return _publications.Answer(message);
    }

    /// <inheritdoc/>
    public override ClusterReply Hear(ClusterMessage message)
    {
        State.Settle();
        CommandReader reader = new(message.Payload);
        return message.Command switch
        {
            0x00 => Announce(ref reader),
            0x01 => TakeDay(ref reader),
            0x02 => TakeWeek(ref reader),
            0x03 => TakeSeasons(ref reader),
            0x04 => TakeSpecialDays(ref reader),
            0x05 => Cancel(ref reader),
            _ => ClusterReply.Unknown,
        };
    }

    private ClusterReply Announce(ref CommandReader reader)
    {
        uint provider = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        uint start = reader.DoubleWord();
        byte type = reader.Octet();
        _ = reader.Octet();
        string name = reader.Text();
        (byte seasons, byte weeks, byte days) = (reader.Octet(), reader.Octet(), reader.Octet());
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (type is not (0 or Both or Friendly) || seasons is 0 or > CalendarTables.MaximumSeasons
            || weeks is 0 or > CalendarTables.MaximumSeasons || days is 0 or > CalendarTables.MaximumDays)
        {
            return ClusterReply.Of(ZclStatus.InvalidField);
        }

        _announced = new Announcement(id, type, MomentOf(start), name, seasons, weeks, days);
        _special.Clear();
        _days.Clear();
        _weeks.Clear();
        _seasons.Clear();
        return ClusterReply.With(
            new ClusterMessage(0x01, Asked().Octet(1).Octet(days).ToArray()),
            new ClusterMessage(0x02, Asked().Octet(1).Octet(weeks).ToArray()),
            new ClusterMessage(0x03, Asked().ToArray()));

        WireOctets Asked() => new WireOctets().DoubleWord(provider).DoubleWord(id);
    }

    private ClusterReply TakeDay(ref CommandReader reader)
    {
        bool isOfCalendar = IsOfCalendar(ref reader);
        byte id = reader.Octet();
        _ = reader.Octet();
        byte index = reader.Octet();
        _ = reader.Octet();
        byte type = reader.Octet();
        List<DayAction> actions = [];
        while (reader.IsWhole && reader.Left > 0)
        {
            (ushort minutes, byte tier) = (reader.Word(), reader.Octet());
            if (minutes >= MinutesPerDay || (type == Friendly ? tier > On : tier is 0 or > TariffEngine.Rates))
            {
                return ClusterReply.Of(ZclStatus.InvalidField);
            }

            if (actions.Count == CalendarTables.MaximumActions)
            {
                return ClusterReply.Of(ZclStatus.InsufficientSpace);
            }

            actions.Add(new DayAction(TimeSpan.FromMinutes(minutes), TariffEngine.ScriptTable, tier));
        }

        List<DayAction> begun = index > 0 && _days.TryGetValue(id, out List<DayAction>? known) ? known : [];
        return begun.Count + actions.Count > CalendarTables.MaximumActions
            ? ClusterReply.Of(ZclStatus.InsufficientSpace)
            : Take(ref reader, isOfCalendar && type == _announced!.Type, () => _days[id] = [.. begun, .. actions]);
    }

    private ClusterReply TakeWeek(ref CommandReader reader)
    {
        bool isOfCalendar = IsOfCalendar(ref reader);
        byte id = reader.Octet();
        byte[] days = new byte[7];
        for (int day = 0; day < days.Length; day++)
        {
            days[day] = reader.Octet();
        }

        return Take(ref reader, isOfCalendar, () => _weeks[id] = days);
    }

    private ClusterReply TakeSeasons(ref CommandReader reader)
    {
        bool isOfCalendar = IsOfCalendar(ref reader);
        byte index = reader.Octet();
        _ = reader.Octet();
        List<SeasonProfile> seasons = [];
        while (reader.IsWhole && reader.Left > 0)
        {
            (byte year, byte month, byte day, byte weekday) = (reader.Octet(), reader.Octet(), reader.Octet(), reader.Octet());
            (month, day) = (FirstIfAny(month), FirstIfAny(day));
            if (month is 0 or > 12 || day is 0 or > 31)
            {
                return ClusterReply.Of(ZclStatus.InvalidField);
            }

            CosemDateTime start = new(
                year == Any ? (ushort)0xFFFF : (ushort)(FirstYear + year), month, day, weekday, 0, 0, 0, 0,
                CosemDateTime.UnspecifiedDeviation, 0xFF);
            seasons.Add(new SeasonProfile(NameOf((index << 4) + seasons.Count + 1), start, NameOf(reader.Octet())));
        }

        return Take(ref reader, isOfCalendar, () => _seasons[index] = [.. seasons]);
    }

    private ClusterReply TakeSpecialDays(ref CommandReader reader)
    {
        bool isOfCalendar = IsOfCalendar(ref reader);
        _ = reader.DoubleWord();
        byte type = reader.Octet();
        _ = reader.Octet();
        byte index = reader.Octet();
        _ = reader.Octet();
        List<SpecialDay> days = [];
        while (reader.IsWhole && reader.Left > 0)
        {
            (byte year, byte month, byte day, byte weekday) = (reader.Octet(), reader.Octet(), reader.Octet(), reader.Octet());
            CosemDate date = new(year == Any ? (ushort)0xFFFF : (ushort)(FirstYear + year), month, day, weekday);
            if (!CosemDay.IsUsable(date))
            {
                return ClusterReply.Of(ZclStatus.InvalidField);
            }

            days.Add(new SpecialDay((ushort)((index << 4) + days.Count + 1), date, reader.Octet()));
        }

        return Take(ref reader, isOfCalendar && type == _announced!.Type, () => _special[index] = [.. days]);
    }

    private ClusterReply Cancel(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        if (!reader.IsWhole)
        {
            return ClusterReply.Malformed;
        }

        if (_announced?.Id != id)
        {
            return ClusterReply.Of(ZclStatus.NotFound);
        }

        _announced = null;
        State.Tariff.CalendarTime = null;
        State.Save();
        return ClusterReply.Done;
    }

    private bool IsOfCalendar(ref CommandReader reader)
    {
        _ = reader.DoubleWord();
        _ = reader.DoubleWord();
        uint id = reader.DoubleWord();
        return _announced?.Id == id;
    }

    private ClusterReply Take(ref CommandReader reader, bool isOfCalendar, Action take)
    {
        if (!reader.IsWhole || !isOfCalendar)
        {
            return reader.IsWhole ? ClusterReply.Of(ZclStatus.NotFound) : ClusterReply.Malformed;
        }

        take();
        return _announced is { } calendar && IsComplete(calendar) ? ClusterReply.Of(Use(calendar)) : ClusterReply.Done;
    }

    private bool IsComplete(Announcement calendar) => _days.Count >= calendar.Days && _weeks.Count >= calendar.Weeks
        && _seasons.Values.Sum(part => part.Length) >= calendar.Seasons;

    private bool Use(Announcement calendar)
    {
        TariffEngine tariff = State.Tariff;
        CalendarTables tables = new(
            Convert.ToHexString(Encoding.Latin1.GetBytes(calendar.Name)),
            [.. _seasons.Values.SelectMany(part => part)],
            [.. _weeks.Select(week => new WeekProfile(NameOf(week.Key), week.Value))],
            [.. _days.Select(day => new DayProfile(day.Key, day.Value))]);
        SpecialDay[] special = [.. _special.Values.SelectMany(part => part)];
        if (!tables.IsConsistent || special.Any(day => !_days.ContainsKey(day.DayId)))
        {
            return false;
        }

        if (calendar.Type == Friendly)
        {
            (State.Settings.FriendlyHours, State.Settings.FriendlyCalendarId) = (new GasFriendlyHours(tables, special), calendar.Id);
            State.Save();
            return true;
        }

        State.Settings.TariffCalendarId = calendar.Id;
        tariff.PassiveDays.Replace(special);
        tariff.Passive = tables;
        tariff.CalendarTime = calendar.Start > State.Now ? calendar.Start : null;
        bool isDone = tariff.CalendarTime is not null || tariff.TryActivateCalendar();
        State.Save();
        return isDone;
    }

    // A season that may begin on any date began with the year.
    private static byte FirstIfAny(byte part) => part == Any ? (byte)1 : part;

    private static string NameOf(int number) => number.ToString("X2", CultureInfo.InvariantCulture);

    private sealed record Announcement(uint Id, byte Type, DateTimeOffset Start, string Name, int Seasons, int Weeks, int Days);
}
