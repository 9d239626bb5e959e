using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The non-disablement calendar of an electricity meter. Answers have the parts of a special day's date without an element
/// around them, and all else as requests have it.</summary>
internal static class NonDisablementFormat
{
    private const string Start = "START";
    private const string Stop = "STOP";

    /// <summary>Reads it.</summary>
    public static NonDisablementCalendar Read(ElementReader calendar, XNamespace space)
    {
        ValueList<NonDisablementSpecialDay> days = calendar.Within(space, "ElectricitySpecialDays", list => list.Several(
            space, "SpecialDay", (0, NonDisablementCalendar.MaxSpecialDays),
            day => new NonDisablementSpecialDay(
                day.Index(NonDisablementCalendar.MaxSpecialDays),
                space == DuisNames.Sr
                    ? day.Within(space, "Date", date => CalendarFormat.Read(date, space))
                    : CalendarFormat.Read(day, space)),
            "index"));
        int least = space == DuisNames.Sr ? 1 : 0;
        return new NonDisablementCalendar(
            days,
            calendar.Several(
                space, "ElectricityNonDisablementSchedule", (least, NonDisablementCalendar.MaxSwitches),
                turn => ReadSwitch(turn, space)));
    }

    /// <summary>Writes its parts.</summary>
    public static IEnumerable<XElement> Write(NonDisablementCalendar calendar, XNamespace space) =>
    [
        new XElement(space + "ElectricitySpecialDays", calendar.SpecialDays.Select(day =>
        {
            IEnumerable<XElement> date = CalendarFormat.Write(day.Date, space);
            return new XElement(
                space + "SpecialDay",
                RequestValues.Index(day.Index),
                space == DuisNames.Sr ? new XElement(space + "Date", date) : date);
        })),
        .. calendar.Switches.Select(turn => WriteSwitch(turn, space)),
    ];

    private static NonDisablementSwitch ReadSwitch(ElementReader turn, XNamespace space)
    {
        ElementReader script = turn.Take(space, "NonDisablementScript").Only();
        bool isStart = script.Token() switch
        {
            Start => true,
            Stop => false,
            string other => throw script.Fault($"found '{ElementValues.Quoted(other)}'; allowed: {Start}, {Stop}"),
        };
        ValueList<int> special = turn.Within(space, "SpecialDaysApplicability", list => list.Several(
            space, "SpecialDayApplicability", (0, NonDisablementCalendar.MaxSpecialDays),
            day => (int)day.Take(space, "SpecialDayID").Only().Integer(1, NonDisablementCalendar.MaxSpecialDays)));
        ValueList<DayOfWeek> week = turn.Within(space, "DaysOfWeekApplicability", list => list.Several(
            space, "DayOfWeekApplicability", (0, ElectricityTariff.DaysOfWeek),
            day => day.Take(space, "DayOfWeekID").Only().OneOf<DayOfWeek>(value => value.ToString())));
        return turn.Within(space, "ScheduleDatesAndTime", dates =>
        {
            TimeOnly time = dates.Take(space, "SwitchTime").Only().TimeOfDay();
            CalendarDate? start = Day(dates, space, "StartDate");
            return new NonDisablementSwitch(isStart, special, week, time, start, Day(dates, space, "EndDate"));
        });
    }

    // Only an answer may leave a date out.
    private static CalendarDate? Day(ElementReader dates, XNamespace space, string name) =>
        space == DuisNames.Sr ? dates.Take(space, name).Only().Day()
        : dates.TryTake(space, name, out ElementReader? date) ? date.Only().Day()
        : null;

    private static XElement WriteSwitch(NonDisablementSwitch turn, XNamespace space) => new(
        space + "ElectricityNonDisablementSchedule",
        new XElement(space + "NonDisablementScript", turn.IsStart ? Start : Stop),
        new XElement(
            space + "SpecialDaysApplicability",
            turn.SpecialDays.Select(day => new XElement(
                space + "SpecialDayApplicability", RequestValues.Number(space, "SpecialDayID", day)))),
        new XElement(
            space + "DaysOfWeekApplicability",
            turn.DaysOfWeek.Select(day => new XElement(
                space + "DayOfWeekApplicability", new XElement(space + "DayOfWeekID", day.ToString())))),
        new XElement(
            space + "ScheduleDatesAndTime",
            RequestValues.TimeOfDay(space, "SwitchTime", turn.SwitchTime),
            turn.StartDate is { } start ? RequestValues.Day(space, "StartDate", start) : null,
            turn.EndDate is { } end ? RequestValues.Day(space, "EndDate", end) : null));
}
