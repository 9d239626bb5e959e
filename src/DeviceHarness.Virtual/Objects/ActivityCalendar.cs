using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Composes the activity calendar: what is in force, what will be, and from when on.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 20: 2 to 5 active name, seasons, weeks and days; 6 to 9 the passive ones; 10 activation time; method
/// 1 activates. As the domain guide gives it. Passive tables may be written one by one and need not fit together until they are
/// activated.</remarks>
internal static class ActivityCalendar
{
    private const int MaximumNameOctets = 20;
    private const int DaysOfWeek = 7;

    /// <summary>The calendar that switches the tariff.</summary>
    public static ComposedObject TariffCalendar(this ObjectComposer composer, string name, TariffEngine tariff, Action activated)
    {
        return composer.Object(
            20, 0, ObjectComposer.Name(name),
            [
                .. Tables(2, () => tariff.Active, take: null),
                .. Tables(6, () => tariff.Passive, tables => tariff.Passive = tables),
                new CosemAttribute(
                    10,
                    (ref AxdrWriter writer) => ObjectComposer.WriteMomentOrNever(tariff.CalendarTime, ref writer),
                    data => ObjectComposer.TakeMoment(data, moment =>
                    {
                        tariff.CalendarTime = moment;
                        ActivateIfOver(composer, tariff, activated);
                    })),
            ],
            [new CosemMethod(1, parameters => ObjectComposer.ZeroIf(parameters, () => Activate(tariff, activated)))]);
    }

    // A time that is over means now; tables that do not fit together are told by the event, as they would be later.
    private static void ActivateIfOver(ObjectComposer composer, TariffEngine tariff, Action activated)
    {
        if (tariff.CalendarTime <= composer.Meter.Now)
        {
            tariff.CalendarTime = null;
            bool isDone = Activate(tariff, activated);
            composer.Meter.Enter(isDone ? Logs.EventCode.FutureCommandDone : Logs.EventCode.FutureCommandNotDone);
        }
    }

    private static bool Activate(TariffEngine tariff, Action activated)
    {
        bool isDone = tariff.TryActivateCalendar();
        if (isDone)
        {
            activated();
        }

        return isDone;
    }

    private static IEnumerable<CosemAttribute> Tables(int first, Func<CalendarTables> tables, Action<CalendarTables>? take) =>
    [
        new CosemAttribute(
            first,
            (ref AxdrWriter writer) => writer.WriteOctetString(Convert.FromHexString(tables().Name)),
            Setter(take, (ref ValueReader reader) => tables() with { Name = ReadName(ref reader) })),
        new CosemAttribute(
            first + 1,
            (ref AxdrWriter writer) => WriteSeasons(tables().Seasons, ref writer),
            Setter(take, (ref ValueReader reader) => tables() with { Seasons = ReadSeasons(ref reader) })),
        new CosemAttribute(
            first + 2,
            (ref AxdrWriter writer) => WriteWeeks(tables().Weeks, ref writer),
            Setter(take, (ref ValueReader reader) => tables() with { Weeks = ReadWeeks(ref reader) })),
        new CosemAttribute(
            first + 3,
            (ref AxdrWriter writer) => WriteDays(tables().Days, ref writer),
            Setter(take, (ref ValueReader reader) => tables() with { Days = ReadDays(ref reader) })),
    ];

    private delegate CalendarTables TableReader(ref ValueReader reader);

    private static AttributeSetter? Setter(Action<CalendarTables>? take, TableReader read) => take is null ? null : data =>
    {
        ValueReader reader = new(data);
        CalendarTables tables = read(ref reader);
        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            take(tables);
        }

        return result;
    };

    private static string ReadName(scoped ref ValueReader reader) => Convert.ToHexString(reader.Octets(0, MaximumNameOctets));

    private static List<SeasonProfile> ReadSeasons(scoped ref ValueReader reader)
    {
        List<SeasonProfile> seasons = [];
        for (int left = reader.Array(CalendarTables.MaximumSeasons); left > 0; left--)
        {
            reader.Structure(3);
            string name = ReadName(ref reader);
            ReadOnlySpan<byte> start = reader.Octets(CosemDateTime.OctetCount, CosemDateTime.OctetCount);
            string week = ReadName(ref reader);
            if (!reader.IsSound)
            {
                return seasons;
            }

            CosemDateTime.Decode(start, out CosemDateTime moment, out _, out _);
            if (!CosemDay.IsSeasonStart(moment))
            {
                reader.Refuse(DataAccessResult.OtherReason);
            }

            seasons.Add(new SeasonProfile(name, moment, week));
        }

        return seasons;
    }

    private static List<WeekProfile> ReadWeeks(scoped ref ValueReader reader)
    {
        List<WeekProfile> weeks = [];
        for (int left = reader.Array(CalendarTables.MaximumSeasons); left > 0; left--)
        {
            reader.Structure(1 + DaysOfWeek);
            string name = ReadName(ref reader);
            byte[] days = new byte[DaysOfWeek];
            for (int day = 0; day < DaysOfWeek; day++)
            {
                days[day] = (byte)reader.Number(DlmsDataType.Unsigned);
            }

            weeks.Add(new WeekProfile(name, days));
        }

        return weeks;
    }

    private static List<DayProfile> ReadDays(scoped ref ValueReader reader)
    {
        List<DayProfile> days = [];
        for (int left = reader.Array(CalendarTables.MaximumDays); left > 0; left--)
        {
            reader.Structure(2);
            byte id = (byte)reader.Number(DlmsDataType.Unsigned);
            List<DayAction> actions = [];
            for (int action = reader.Array(CalendarTables.MaximumActions); action > 0; action--)
            {
                reader.Structure(3);
                TimeSpan start = reader.TimeOfDay();
                ObisCode script = reader.Name();
                actions.Add(new DayAction(start, script, (ushort)reader.Number(DlmsDataType.LongUnsigned, 1, TariffEngine.Rates)));
                if (reader.IsSound && script != TariffEngine.ScriptTable)
                {
                    reader.Refuse(DataAccessResult.OtherReason);
                }
            }

            days.Add(new DayProfile(id, actions));
        }

        return days;
    }

    private static void WriteSeasons(IReadOnlyList<SeasonProfile> seasons, ref AxdrWriter writer)
    {
        Span<byte> start = stackalloc byte[CosemDateTime.OctetCount];
        writer.WriteArray(seasons.Count);
        foreach (SeasonProfile season in seasons)
        {
            writer.WriteStructure(3);
            writer.WriteOctetString(Convert.FromHexString(season.Name));
            season.Start.Encode(start, out _);
            writer.WriteOctetString(start);
            writer.WriteOctetString(Convert.FromHexString(season.Week));
        }
    }

    private static void WriteWeeks(IReadOnlyList<WeekProfile> weeks, ref AxdrWriter writer)
    {
        writer.WriteArray(weeks.Count);
        foreach (WeekProfile week in weeks)
        {
            writer.WriteStructure(1 + DaysOfWeek);
            writer.WriteOctetString(Convert.FromHexString(week.Name));
            foreach (byte day in week.DayIds)
            {
                writer.WriteUnsigned(day);
            }
        }
    }

    private static void WriteDays(IReadOnlyList<DayProfile> days, ref AxdrWriter writer)
    {
        writer.WriteArray(days.Count);
        foreach (DayProfile day in days)
        {
            writer.WriteStructure(2);
            writer.WriteUnsigned(day.Id);
            writer.WriteArray(day.Actions.Count);
            foreach (DayAction action in day.Actions)
            {
                writer.WriteStructure(3);
                ObjectComposer.WriteTimeOfDay(action.Start, ref writer);
                writer.WriteOctetString(action.Script.ToOctets());
                writer.WriteLongUnsigned(action.Selector);
            }
        }
    }
}
