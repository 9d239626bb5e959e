using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Auxiliary;

public sealed class AuxiliaryLoadsTests
{
    private static readonly AuxiliaryOptions Heater = new()
    {
        Loads =
        [
            new("Hot water", 3_000, [new(new TimeSpan(12, 10, 0), true), new(new TimeSpan(12, 20, 0), false)]),
            new("Car", 7_000, []),
        ],
        BoostButtons = [[1], [1, 2]],
        BoostTime = TimeSpan.FromMinutes(30),
    };

    private readonly ListedHost _host = new();

    [Fact]
    public void The_calendar_switches_at_its_times()
    {
        AuxiliaryLoads loads = Make(Heater);

        _host.LiveMinutes(loads, 9);
        bool before = loads.Loads[0].IsClosed;
        _host.LiveMinutes(loads, 1);
        bool during = loads.Loads[0].IsClosed;
        int watts = loads.Watts;
        _host.LiveMinutes(loads, 10);

        before.Should().BeFalse("12:09; the last switching time was yesterday's");
        during.Should().BeTrue("12:10");
        watts.Should().Be(3_000);
        loads.Loads[0].IsClosed.Should().BeFalse("12:20");
    }

    [Fact]
    public void A_command_holds_until_the_calendar_switches_or_it_is_reset()
    {
        AuxiliaryLoads loads = Make(Heater);

        loads.Execute(11).Should().BeTrue();
        bool commanded = loads.Loads[0].IsClosed;
        _host.LiveMinutes(loads, 10);
        loads.Execute(10);
        bool opened = loads.Loads[0].IsClosed;
        loads.Execute(12);
        bool reset = loads.Loads[0].IsClosed;
        loads.Execute(10);
        loads.Execute(11);
        _host.LiveMinutes(loads, 10);

        commanded.Should().BeTrue();
        opened.Should().BeFalse();
        reset.Should().BeTrue("the calendar says on since 12:10");
        loads.Loads[0].IsClosed.Should().BeFalse("the calendar switched off at 12:20");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(31)]
    [InlineData(0)]
    [InlineData(65_535)]
    public void There_is_no_such_script(int script) => Make(Heater).Execute(script).Should().BeNull();

    [Fact]
    public void A_meter_without_remote_override_refuses_commands_and_obeys_its_button()
    {
        AuxiliaryLoads loads = Make(Heater with { IsRemoteOverrideAllowed = false });

        loads.Execute(11).Should().BeFalse();
        loads.PressBoost(1).Should().BeTrue();

        loads.Loads[0].IsClosed.Should().BeTrue();
    }

    [Fact]
    public void A_boost_ends_after_its_time()
    {
        AuxiliaryLoads loads = Make(Heater);
        loads.PressBoost(2).Should().BeTrue();

        _host.LiveMinutes(loads, 29);
        bool during = loads.Loads[1].IsClosed;
        _host.LiveMinutes(loads, 1);

        during.Should().BeTrue();
        loads.Loads.Select(load => load.IsClosed).Should().Equal(false, false);
        loads.PressBoost(3).Should().BeFalse("there is no third button");
    }

    [Fact]
    public void A_button_turns_on_what_it_is_told_and_nothing_that_is_not_there()
    {
        AuxiliaryLoads loads = Make(Heater);

        loads.TrySetButton(1, 0b0010_0000).Should().BeFalse("there is no third load");
        loads.TrySetButton(1, 0b0100_0000).Should().BeTrue();
        loads.PressBoost(1);

        loads.Loads.Select(load => load.IsClosed).Should().Equal(false, true);
    }

    [Fact]
    public void A_tariff_change_leaves_the_loads_alone_and_with_the_defect_it_does_not()
    {
        AuxiliaryLoads loads = Make(Heater);
        loads.Execute(11);

        loads.TariffChanged();
        bool sound = loads.Loads[0].IsClosed;
        _host.Defects = EsmeDefects.AuxiliaryDisturbed;
        loads.TariffChanged();
        bool disturbed = loads.Loads[0].IsClosed;
        _host.LiveMinutes(loads, 15);

        sound.Should().BeTrue();
        disturbed.Should().BeFalse();
        loads.Loads[0].IsClosed.Should().BeFalse("its calendar is disabled: 12:15");
        loads.Calendar.Entries.Should().HaveCount(2).And.OnlyContain(entry => !entry.IsEnabled);
    }

    [Fact]
    public void What_is_kept_is_there_again()
    {
        AuxiliaryLoads loads = Make(Heater);
        loads.Execute(21);
        loads.TrySetButton(1, 0b1100_0000);
        AuxiliaryLoads next = Make(Heater);

        next.Restore(loads.Keep());

        next.Loads[1].IsClosed.Should().BeTrue();
        next.Buttons[0].Should().Be(0b1100_0000);
        next.Keep().Should().BeEquivalentTo(loads.Keep());
    }

    private AuxiliaryLoads Make(AuxiliaryOptions options) => new(options, () => TimeSpan.Zero, _host);
}
