using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Tariff;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Tariff;

public sealed class CalendarTablesTests
{
    private static readonly CalendarTables Year = new(
        "4E",
        [Season("01", 4, 1, "01"), Season("02", 10, 1, "02")],
        [new WeekProfile("01", [1, 1, 1, 1, 1, 2, 2]), new WeekProfile("02", [3, 3, 3, 3, 3, 3, 3])],
        [Day(1, 11), Day(2, 12), Day(3, 13), Day(4, 14)]);

    [Theory]
    [InlineData(2026, 4, 1, 11, "a Wednesday, the first day of the first season")]
    [InlineData(2026, 3, 31, 13, "the second season began the year before")]
    [InlineData(2026, 4, 4, 12, "a Saturday")]
    [InlineData(2026, 9, 30, 11, "a Wednesday, the last day of the first season")]
    [InlineData(2026, 10, 1, 13, "the first day of the second season")]
    public void Season_and_day_of_week_decide(int year, int month, int day, int selector, string why)
    {
        Year.SelectorAt(new DateTimeOffset(year, month, day, 12, 0, 0, TimeSpan.Zero), new SpecialDays())
            .Should().Be((ushort)selector, why);
    }

    [Fact]
    public void A_special_day_has_its_own_profile_and_the_next_day_has_not()
    {
        SpecialDays days = new([new SpecialDay(1, new CosemDate(0xFFFF, 12, 25, 0xFF), 4)]);

        Year.SelectorAt(new DateTimeOffset(2026, 12, 25, 0, 0, 0, TimeSpan.Zero), days).Should().Be(14);
        Year.SelectorAt(new DateTimeOffset(2026, 12, 26, 0, 0, 0, TimeSpan.Zero), days).Should().Be(13);
        Year.SelectorAt(new DateTimeOffset(2026, 12, 24, 23, 59, 59, TimeSpan.Zero), days).Should().Be(13);
    }

    [Theory]
    [InlineData(2028, 2, 29, true)]
    [InlineData(2026, 2, 28, true)]
    [InlineData(2028, 2, 28, false)]
    public void The_last_day_of_a_month_is_the_last_one(int year, int month, int day, bool isIt)
    {
        CosemDay.Matches(new CosemDate(0xFFFF, 0xFF, 0xFE, 0xFF), new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc))
            .Should().Be(isIt);
    }

    [Fact]
    public void Tables_fit_together_or_not()
    {
        Year.IsConsistent.Should().BeTrue();
        CalendarTables.Empty.IsConsistent.Should().BeFalse("there is no season");
        (Year with { Weeks = [Year.Weeks[0]] }).IsConsistent.Should().BeFalse("the second season's week is missing");
        (Year with { Days = [Day(1, 11), Day(2, 12)] }).IsConsistent.Should().BeFalse("the second week's day is missing");
        (Year with { Days = [.. Year.Days, Day(1, 9)] }).IsConsistent.Should().BeFalse("day 1 is there twice");
        (Year with { Days = [.. Year.Days, new DayProfile(9, [])] }).IsConsistent.Should().BeFalse("day 9 has no switching time");
    }

    [Fact]
    public void A_table_of_special_days_has_an_end()
    {
        SpecialDays days = new();
        for (ushort index = 0; index < SpecialDays.Capacity; index++)
        {
            days.Insert(new SpecialDay(index, new CosemDate(0xFFFF, 1, 1, 0xFF), 1)).Should().Be(ActionResult.Success);
        }

        days.Insert(new SpecialDay(SpecialDays.Capacity, default, 1)).Should().Be(ActionResult.OtherReason);
        days.Insert(new SpecialDay(0, default, 2)).Should().Be(ActionResult.Success, "it replaces one");
        days.Delete(0).Should().Be(ActionResult.Success);
        days.Delete(0).Should().Be(ActionResult.OtherReason);
    }

    private static SeasonProfile Season(string name, byte month, byte day, string week) =>
        new(name, new CosemDateTime(0xFFFF, month, day, 0xFF, 0, 0, 0, 0, CosemDateTime.UnspecifiedDeviation, 0xFF), week);

    private static DayProfile Day(byte id, ushort selector) => new(id, [new DayAction(TimeSpan.Zero, TariffEngine.ScriptTable, selector)]);
}
