using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Scheduling;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Objects;

/// <summary>Composes the objects that switch by time: special days (class 11), schedule (10) and single action schedule (22).</summary>
/// <remarks>Spec: IEC 62056-6-2, classes 10, 11 and 22, as the domain guide gives them.</remarks>
internal static class CalendarObjects
{
    private const int WeekdayBits = 7;

    /// <summary>Class 11: 2 entries; methods 1 insert, 2 delete.</summary>
    public static ComposedObject SpecialDaysTable(this ObjectComposer composer, string name, SpecialDays days, Action changed) =>
        composer.Object(
            11, 0, ObjectComposer.Name(name),
            [
                new CosemAttribute(
                    2,
                    (ref AxdrWriter writer) =>
                    {
                        writer.WriteArray(days.Days.Count);
                        foreach (SpecialDay day in days.Days)
                        {
                            writer.WriteStructure(3);
                            writer.WriteLongUnsigned(day.Index);
                            ObjectComposer.WriteDate(day.Date, ref writer);
                            writer.WriteUnsigned(day.DayId);
                        }
                    },
                    data =>
                    {
                        ValueReader reader = new(data);
                        List<SpecialDay> entries = [];
                        for (int left = reader.Array(SpecialDays.Capacity); left > 0; left--)
                        {
                            entries.Add(ReadSpecialDay(ref reader));
                        }

                        DataAccessResult result = reader.Complete();
                        if (result == DataAccessResult.Success)
                        {
                            days.Replace(entries);
                            changed();
                        }

                        return result;
                    }),
            ],
            [
                new CosemMethod(1, parameters =>
                {
                    ValueReader reader = new(parameters);
                    SpecialDay day = ReadSpecialDay(ref reader);
                    return Do(reader.Complete(), () => days.Insert(day), changed);
                }),
                new CosemMethod(2, parameters =>
                {
                    ValueReader reader = new(parameters);
                    ushort index = (ushort)reader.Number(DlmsDataType.LongUnsigned);
                    return Do(reader.Complete(), () => days.Delete(index), changed);
                }),
            ]);

    /// <summary>Class 10: 2 entries; methods 1 enable and disable, 2 insert, 3 delete.</summary>
    /// <param name="composer">The composer.</param>
    /// <param name="name">The logical name.</param>
    /// <param name="table">The entries.</param>
    /// <param name="script">The only script table that they may name.</param>
    /// <param name="hasScript">Whether it has a script.</param>
    /// <param name="changed">Told when an entry changed.</param>
    public static ComposedObject Schedule(
        this ObjectComposer composer, string name, SwitchTable table, ObisCode script, Func<ushort, bool> hasScript, Action changed)
    {
        EntryReader read = (ref ValueReader reader) => ReadEntry(ref reader, script, hasScript);
        return composer.Object(
            10, 0, ObjectComposer.Name(name),
            [
                new CosemAttribute(
                    2, (ref AxdrWriter writer) => WriteEntries(table, ref writer), data => TakeEntries(data, read, table, changed)),
            ],
            [
                new CosemMethod(1, parameters => EnableEntries(parameters, table, changed)),
                new CosemMethod(2, parameters =>
                {
                    ValueReader reader = new(parameters);
                    SwitchEntry entry = read(ref reader);
                    return Do(reader.Complete(), () => table.Insert(entry), changed);
                }),
                new CosemMethod(3, parameters =>
                {
                    ValueReader reader = new(parameters);
                    reader.Structure(2);
                    ushort first = (ushort)reader.Number(DlmsDataType.LongUnsigned);
                    ushort last = (ushort)reader.Number(DlmsDataType.LongUnsigned);
                    return Do(reader.Complete(), () => table.Delete(first, last), changed);
                }),
            ]);
    }

    /// <summary>Class 22: 2 executed script, 3 type (1: any number of times, wildcards in the date), 4 execution times.</summary>
    public static ComposedObject SingleActionSchedule(this ObjectComposer composer, string name, ScheduledAction action) => composer.Object(
        22, 0, ObjectComposer.Name(name),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                writer.WriteStructure(2);
                writer.WriteOctetString(action.Script.ToOctets());
                writer.WriteLongUnsigned(action.Selector);
            }),
            new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum(1)),
            new CosemAttribute(
                4,
                (ref AxdrWriter writer) =>
                {
                    writer.WriteArray(action.Times.Count);
                    foreach (ExecutionTime time in action.Times)
                    {
                        writer.WriteStructure(2);
                        ObjectComposer.WriteTimeOfDay(time.Time, ref writer);
                        ObjectComposer.WriteDate(time.Date, ref writer);
                    }
                },
                data =>
                {
                    ValueReader reader = new(data);
                    List<ExecutionTime> times = [];
                    for (int left = reader.Array(ScheduledAction.MaximumTimes); left > 0; left--)
                    {
                        reader.Structure(2);
                        TimeSpan time = reader.TimeOfDay();
                        times.Add(new ExecutionTime(time, ObjectComposer.ReadDate(ref reader)));
                    }

                    DataAccessResult result = reader.Complete();
                    if (result == DataAccessResult.Success)
                    {
                        action.Reschedule(times);
                    }

                    return result;
                }),
        ]);

    private delegate SwitchEntry EntryReader(ref ValueReader reader);

    private static DataAccessResult TakeEntries(ReadOnlySpan<byte> data, EntryReader read, SwitchTable table, Action changed)
    {
        ValueReader reader = new(data);
        List<SwitchEntry> entries = [];
        for (int left = reader.Array(SwitchTable.Capacity); left > 0; left--)
        {
            entries.Add(read(ref reader));
        }

        DataAccessResult result = reader.Complete();
        if (result == DataAccessResult.Success)
        {
            table.Replace(entries);
            changed();
        }

        return result;
    }

    // First and last of what is disabled, first and last of what is enabled.
    private static ActionResult EnableEntries(ReadOnlySpan<byte> parameters, SwitchTable table, Action changed)
    {
        ValueReader reader = new(parameters);
        reader.Structure(4);
        ushort[] ranges = new ushort[4];
        for (int index = 0; index < ranges.Length; index++)
        {
            ranges[index] = (ushort)reader.Number(DlmsDataType.LongUnsigned);
        }

        return Do(
            reader.Complete(),
            () =>
            {
                table.Enable(ranges[0], ranges[1], isEnabled: false);
                return table.Enable(ranges[2], ranges[3], isEnabled: true);
            },
            changed);
    }

    private static ActionResult Do(DataAccessResult read, Func<ActionResult> body, Action changed)
    {
        ActionResult result = read == DataAccessResult.Success ? body() : (ActionResult)(byte)read;
        if (result == ActionResult.Success)
        {
            changed();
        }

        return result;
    }

    private static SpecialDay ReadSpecialDay(scoped ref ValueReader reader)
    {
        reader.Structure(3);
        ushort index = (ushort)reader.Number(DlmsDataType.LongUnsigned);
        CosemDate date = ObjectComposer.ReadDate(ref reader);
        return new SpecialDay(index, date, (byte)reader.Number(DlmsDataType.Unsigned));
    }

    private static SwitchEntry ReadEntry(scoped ref ValueReader reader, ObisCode onlyScript, Func<ushort, bool> hasScript)
    {
        reader.Structure(10);
        ushort index = (ushort)reader.Number(DlmsDataType.LongUnsigned);
        bool isEnabled = reader.Boolean();
        ObisCode script = reader.Name();
        ushort selector = (ushort)reader.Number(DlmsDataType.LongUnsigned);
        TimeSpan time = reader.TimeOfDay();
        ushort validity = (ushort)reader.Number(DlmsDataType.LongUnsigned);
        ReadOnlySpan<byte> weekdays = reader.Bits(WeekdayBits);
        ReadOnlySpan<byte> special = reader.Bits(SwitchTable.SpecialDayBits);
        CosemDate begin = ObjectComposer.ReadDate(ref reader);
        CosemDate end = ObjectComposer.ReadDate(ref reader);
        if (reader.IsSound && (script != onlyScript || !hasScript(selector)))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        return new SwitchEntry(
            index, isEnabled, script, selector, time, validity, weekdays.IsEmpty ? (byte)0 : weekdays[0], Convert.ToHexString(special),
            begin, end);
    }

    private static void WriteEntries(SwitchTable table, ref AxdrWriter writer)
    {
        writer.WriteArray(table.Entries.Count);
        foreach (SwitchEntry entry in table.Entries)
        {
            writer.WriteStructure(10);
            writer.WriteLongUnsigned(entry.Index);
            writer.WriteBoolean(entry.IsEnabled);
            writer.WriteOctetString(entry.Script.ToOctets());
            writer.WriteLongUnsigned(entry.Selector);
            ObjectComposer.WriteTimeOfDay(entry.Time, ref writer);
            writer.WriteLongUnsigned(entry.ValidityMinutes);
            writer.WriteBitString([entry.Weekdays], WeekdayBits);
            byte[] special = entry.SpecialDays.Length == 0
                ? new byte[SwitchTable.SpecialDayBits / 8]
                : Convert.FromHexString(entry.SpecialDays);
            writer.WriteBitString(special, SwitchTable.SpecialDayBits);
            ObjectComposer.WriteDate(entry.Begin, ref writer);
            ObjectComposer.WriteDate(entry.End, ref writer);
        }
    }
}
