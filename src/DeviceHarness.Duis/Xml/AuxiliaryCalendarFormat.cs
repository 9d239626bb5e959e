using System.Xml.Linq;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Xml;

/// <summary>The calendar of auxiliary loads in an answer to 7.7.</summary>
/// <remarks>Spec: MMC XML schema 5.1, ALCSHCALCSSpecialDays and ALCSHCALCSConnectionSchedule.</remarks>
internal static class AuxiliaryCalendarFormat
{
    private const string Days = "ALCSHCALCSSpecialDays";
    private const string Schedule = "ALCSScheduler";

    private static readonly XNamespace Space = DuisNames.Ra;

    /// <summary>Reads it; null when the answer has neither special days nor a schedule.</summary>
    public static AuxiliaryLoadCalendar? Read(ElementReader answer)
    {
        ValueList<AuxiliaryLoadSpecialDay>? days = null;
        if (answer.TryTake(Space, Days, out ElementReader? list))
        {
            days = list.Only().Several(
                Space, "ALCSHCALCSSpecialDay", (0, AuxiliaryLoadCalendar.MaxSpecialDays),
                day => new AuxiliaryLoadSpecialDay(
                    day.Index(AuxiliaryLoadCalendar.MaxSpecialDays), CalendarFormat.Read(day, Space)),
                "index");
            list.End();
        }

        ValueList<AuxiliaryLoadSwitchTime> turns =
            answer.Several(Space, Schedule, (0, AuxiliaryLoadCalendar.MaxSwitchTimes), ReadTurn);
        return days is null && turns.Count == 0 ? null : new AuxiliaryLoadCalendar(days ?? [], turns);
    }

    /// <summary>Writes it. The element of special days is there without any too: it tells that the calendar was read.</summary>
    public static IEnumerable<XElement> Write(AuxiliaryLoadCalendar calendar) =>
    [
        new XElement(Space + Days, calendar.SpecialDays.Select(day => new XElement(
            Space + "ALCSHCALCSSpecialDay", RequestValues.Index(day.Index), CalendarFormat.Write(day.Date, Space)))),
        .. calendar.SwitchTimes.Select(WriteTurn),
    ];

    private static AuxiliaryLoadSwitchTime ReadTurn(ElementReader turn)
    {
        ElementReader action = turn.Take(Space, "ActivateDeactivateSwitch").Only("index");
        int load = action.Index(AuxiliaryLoadIndex.Last);
        bool isOn = action.Flag(Space, "ActivateSwitch");
        if (!isOn)
        {
            action.Take(Space, "DeactivateSwitch").Only().End();
        }

        action.End();
        ValueList<int> special = turn.Several(
            Space, "SpecialDaysApplicability", (0, AuxiliaryLoadCalendar.MaxSpecialDays),
            day => day.Index(AuxiliaryLoadCalendar.MaxSpecialDays), "index");
        ValueList<DayOfWeek> week = [];
        if (turn.TryTake(Space, "DaysOfWeekApplicability", out ElementReader? list))
        {
            week = list.Only().Several(
                Space, "DayOfWeekApplicability", (0, ElectricityTariff.DaysOfWeek),
                day => day.Take(Space, "DayOfWeekID").Only().OneOf<DayOfWeek>(value => value.ToString()));
            list.End();
        }

        return turn.Within(Space, "ALCSScheduleDatesAndTime", dates =>
        {
            TimeOnly time = dates.Take(Space, "SwitchTime").Only().TimeOfDay();
            CalendarDate start = dates.Within(Space, "StartDate", date => CalendarFormat.Read(date, Space));
            CalendarDate end = dates.Within(Space, "EndDate", date => CalendarFormat.Read(date, Space));
            return new AuxiliaryLoadSwitchTime(load, isOn, special, week, time, start, end);
        });
    }

    private static XElement WriteTurn(AuxiliaryLoadSwitchTime turn) => new(
        Space + Schedule,
        new XElement(
            Space + "ActivateDeactivateSwitch",
            RequestValues.Index(turn.Load),
            new XElement(Space + (turn.IsOn ? "ActivateSwitch" : "DeactivateSwitch"))),
        turn.SpecialDays.Select(day => new XElement(Space + "SpecialDaysApplicability", RequestValues.Index(day))),
        new XElement(
            Space + "DaysOfWeekApplicability",
            turn.DaysOfWeek.Select(day => new XElement(
                Space + "DayOfWeekApplicability", new XElement(Space + "DayOfWeekID", day.ToString())))),
        new XElement(
            Space + "ALCSScheduleDatesAndTime",
            RequestValues.TimeOfDay(Space, "SwitchTime", turn.SwitchTime),
            new XElement(Space + "StartDate", CalendarFormat.Write(turn.StartDate, Space)),
            new XElement(Space + "EndDate", CalendarFormat.Write(turn.EndDate, Space))));
}
