using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Auxiliary;
using DeviceHarness.Duis.Bodies.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Bodies;

public sealed class AuxiliaryLoadCalendarTests
{
    private static readonly CalendarDate Any = new(null, null, null, null);

    private static readonly ValueList<DayOfWeek> EveryDay = [.. Enum.GetValues<DayOfWeek>()];

    private static readonly AuxiliaryLoadCalendar Calendar = new(
        [new AuxiliaryLoadSpecialDay(3, new CalendarDate(null, 12, 25, null))],
        [
            new AuxiliaryLoadSwitchTime(1, true, [], EveryDay, new TimeOnly(0, 30), Any, Any),
            new AuxiliaryLoadSwitchTime(1, false, [3], EveryDay, new TimeOnly(4, 30), Any, Any),
            new AuxiliaryLoadSwitchTime(2, true, [], [DayOfWeek.Sunday], new TimeOnly(12, 0), Any, new CalendarDate(2026, 12, 31, null)),
        ]);

    [Theory]
    [InlineData("2026-11-23T03:00", "2026-11-23T03:10", "on")]
    [InlineData("2026-11-23T00:29", "2026-11-23T00:29", "off")]
    [InlineData("2026-11-23T00:30", "2026-11-23T00:30", "on")]
    [InlineData("2026-11-23T04:00", "2026-11-23T05:00", "on off")]
    [InlineData("2026-11-23T23:50", "2026-11-24T00:40", "off on")]
    [InlineData("2026-12-25T03:00", "2026-12-25T03:00", "off")]
    [InlineData("2026-12-26T03:00", "2026-12-26T03:00", "on")]
    public void A_load_is_what_its_last_switching_time_made_it(string from, string to, string states)
    {
        Within(1, from, to).Should().Be(states, "on Christmas only what names that day holds");
    }

    [Theory]
    [InlineData("2026-11-28T11:00", "on")]
    [InlineData("2027-01-03T13:00", "on")]
    [InlineData("2027-01-04T13:00", "")]
    public void A_switching_time_holds_on_its_days_and_within_its_dates(string at, string states)
    {
        Within(2, at, at).Should().Be(states, "the last Sunday of 2026 was more than a week ago on 4 January");
    }

    [Fact]
    public void A_load_that_no_entry_names_has_no_state()
    {
        Within(4, "2026-11-23T03:00", "2026-11-23T03:10").Should().BeEmpty();
    }

    [Theory]
    [InlineData(2027, 3, 1, null, false)]
    [InlineData(null, 2, CalendarDate.LastDay, null, true)]
    [InlineData(null, 1, CalendarDate.SecondLastDay, null, false)]
    [InlineData(null, null, CalendarDate.SecondLastDay, null, true)]
    [InlineData(null, null, null, 7, true)]
    public void A_special_day_may_be_any_date_with_its_parts(int? year, int? month, int? day, int? week, bool isMet)
    {
        AuxiliaryLoadCalendar calendar = new(
            [new AuxiliaryLoadSpecialDay(1, new CalendarDate(year, month, day, week))],
            [new AuxiliaryLoadSwitchTime(1, true, [1], [], TimeOnly.MinValue, Any, Any)]);
        DateTimeOffset lastSundayOfFebruary = new(2027, 2, 28, 12, 0, 0, TimeSpan.Zero);

        calendar.StatesWithin(1, lastSundayOfFebruary, lastSundayOfFebruary).Should().HaveCount(isMet ? 1 : 0);
    }

    [Fact]
    public void Two_calendars_that_differ_differ_on_their_line()
    {
        ReadALCSDataRsp read = new() { Calendar = Calendar };
        ReadALCSDataRsp other = new()
        {
            Calendar = Calendar with { SwitchTimes = [Calendar.SwitchTimes[0] with { IsOn = false }, .. Calendar.SwitchTimes.Skip(1)] },
        };

        read.Values["ALCSScheduler"].Should().StartWith("1 on 00:30:00 Sunday,Monday").And.NotBe(other.Values["ALCSScheduler"]);
        read.Values["ALCSHCALCSSpecialDays"].Should().Be("3 *-12-25-*");
        new ReadALCSDataRsp().Values.Should().NotContainKey("ALCSScheduler", "nobody told one");
        new ReadALCSDataRsp { Calendar = new AuxiliaryLoadCalendar([], []) }.Values["ALCSScheduler"].Should().Be("none");
    }

    private static string Within(int load, string from, string to) =>
        string.Join(' ', Calendar.StatesWithin(load, Time(from), Time(to)).Select(isOn => isOn ? "on" : "off"));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse($"{text}:00Z", System.Globalization.CultureInfo.InvariantCulture);
}
