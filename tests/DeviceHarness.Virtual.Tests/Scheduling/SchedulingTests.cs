using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Scheduling;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Scheduling;

public sealed class SchedulingTests
{
    private static readonly ObisCode Script = ObisCode.Parse("0-0:10.0.103.255");
    private static readonly CosemDate AnyDate = new(0xFFFF, 0xFF, 0xFF, 0xFF);

    private readonly ListedHost _host = new();
    private int _runs;

    [Fact]
    public void An_action_runs_at_its_second_and_one_with_a_full_date_never_again()
    {
        ScheduledAction action = Action(isTold: true);
        action.Times = [new ExecutionTime(new TimeSpan(12, 1, 30), new CosemDate(2026, 1, 5, 0xFF))];

        DateTimeOffset? due = action.NextDue;
        _host.Live(action, TimeSpan.FromSeconds(89));
        int before = _runs;
        _host.Live(action, TimeSpan.FromSeconds(1));
        _host.LiveMinutes(action, 3000);

        due.Should().Be(ListedHost.Start.AddSeconds(90));
        before.Should().Be(0);
        _runs.Should().Be(1);
        action.Times.Should().BeEmpty();
        _host.Events.Should().Equal(EventCode.FutureCommandDone);
    }

    [Theory]
    [InlineData(0xFF, 0xFF, 3)]
    [InlineData(0xFF, 2, 1)]
    [InlineData(6, 0xFF, 1)]
    [InlineData(9, 0xFF, 0)]
    public void Wildcards_repeat(int day, int dayOfWeek, int runs)
    {
        ScheduledAction action = Action(isTold: false);
        action.Times = [new ExecutionTime(new TimeSpan(13, 0, 0), new CosemDate(0xFFFF, 0xFF, (byte)day, (byte)dayOfWeek))];

        _host.LiveMinutes(action, 3 * 1440);

        _runs.Should().Be(runs, "5 to 7 January 2026 are Monday to Wednesday");
        action.Times.Should().HaveCount(1);
    }

    [Fact]
    public void No_times_cancel_it()
    {
        ScheduledAction action = Action(isTold: true);
        action.Times = [new ExecutionTime(new TimeSpan(12, 1, 0), new CosemDate(2026, 1, 5, 0xFF))];

        action.Times = [];
        _host.LiveMinutes(action, 10);

        _runs.Should().Be(0);
        action.NextDue.Should().BeNull();
    }

    [Fact]
    public void An_entry_of_a_schedule_holds_on_its_days_and_between_its_dates()
    {
        SwitchEntry entry = Entry(1, 11) with
        {
            Weekdays = 0x80,
            Begin = new CosemDate(2026, 1, 12, 0xFF),
            End = new CosemDate(2026, 1, 20, 0xFF),
        };
        SwitchTable table = new(new SpecialDays(), [entry]);

        table.SelectorAt(Noon(5)).Should().BeNull("a Monday before it begins");
        table.SelectorAt(Noon(12)).Should().Be(11);
        table.SelectorAt(Noon(18)).Should().Be(11, "Sunday: Monday's still holds");
        table.SelectorAt(Noon(28)).Should().BeNull("Monday the 26th is after its end, the 19th more than a week ago");
    }

    [Fact]
    public void On_a_special_day_only_entries_that_name_it_hold()
    {
        SpecialDays days = new([new SpecialDay(1, new CosemDate(0xFFFF, 1, 6, 0xFF), 2)]);
        SwitchTable table = new(days, [Entry(1, 11), Entry(2, 10) with { Weekdays = 0, SpecialDays = "4000" }]);

        table.SelectorAt(Noon(5)).Should().Be(11);
        table.SelectorAt(Noon(6)).Should().Be(10, "bit 1 is day profile 2");
        table.SelectorAt(Noon(7)).Should().Be(11);
    }

    [Fact]
    public void Entries_are_enabled_disabled_inserted_and_deleted_by_range()
    {
        SwitchTable table = new(new SpecialDays(), [Entry(1, 11), Entry(2, 21), Entry(3, 31)]);

        table.Enable(2, 3, isEnabled: false);
        table.Entries.Select(entry => entry.IsEnabled).Should().Equal(true, false, false);
        table.Delete(1, 2).Should().Be(ActionResult.Success);
        table.Delete(1, 2).Should().Be(ActionResult.OtherReason);
        for (ushort index = 100; index < 100 + SwitchTable.Capacity - 1; index++)
        {
            table.Insert(Entry(index, 11)).Should().Be(ActionResult.Success);
        }

        table.Insert(Entry(999, 11)).Should().Be(ActionResult.OtherReason, "it is full");
        table.Insert(Entry(100, 10)).Should().Be(ActionResult.Success, "it replaces one");
    }

    private static SwitchEntry Entry(ushort index, ushort selector) =>
        new(index, true, Script, selector, TimeSpan.FromHours(1), ushort.MaxValue, 0xFE, string.Empty, AnyDate, AnyDate);

    private static DateTimeOffset Noon(int day) => new(2026, 1, day, 12, 0, 0, TimeSpan.Zero);

    private ScheduledAction Action(bool isTold) => new(
        Script,
        1,
        () =>
        {
            _runs++;
            return true;
        },
        _host,
        isTold);
}
