using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class PowerTests
{
    [Fact]
    public void Without_power_the_line_is_dead_and_afterwards_the_link_is_closed()
    {
        EsmeFixture fixture = new();
        fixture.Associated();

        fixture.Esme.PowerOff();
        byte[] whileOff = fixture.Exchange(ClientFrames.Snrm());
        fixture.Esme.PowerOn();
        ServerFrame afterwards = ClientFrames.Parse(fixture.Exchange(ClientFrames.ReceiveReady(0, ClientFrames.ManagementClient))).Single();

        whileOff.Should().BeEmpty();
        afterwards.Control.Should().Be(0x1F, "DM: nobody is connected");
        fixture.Associated().Send("C001C100080000010000FF0400").Should().Be("C401C1001100");
    }

    [Fact]
    public void Without_power_nothing_is_counted_and_no_midnight_noted()
    {
        EsmeFixture fixture = new();
        EnergyTotals before = fixture.Esme.Totals;

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromDays(1));
        EnergyTotals whileOff = fixture.Esme.Totals;
        fixture.Esme.PowerOn();
        EnergyTotals after = fixture.Esme.Totals;
        fixture.Time.Advance(TimeSpan.FromHours(1));

        whileOff.Should().Be(before);
        after.Should().Be(before);
        fixture.Esme.Totals.ReactiveImportVarh.Should().BeGreaterThan(before.ReactiveImportVarh);
        fixture.Associated().Send("C001C100070000620109FF0700").Should().Be("C401C100060000001F");
        fixture.Client.Send("C001C100070000620109FF02010202" + "04060000001F0600000000120001120001").Should().Contain("07EA0105");
    }

    [Fact]
    public void Nothing_is_counted_afterwards_for_the_time_without_power()
    {
        EsmeFixture fixture = new();
        EnergyTotals before = fixture.Esme.Totals;

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromHours(5));
        fixture.Esme.PowerOn();

        fixture.Esme.Totals.Should().Be(before);
    }

    [Fact]
    public void The_clock_runs_on_without_power()
    {
        EsmeFixture fixture = new();
        DateTimeOffset before = fixture.Esme.Clock;

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromHours(2));
        fixture.Esme.PowerOn();

        fixture.Esme.Clock.Should().Be(before.AddHours(2));
    }

    [Fact]
    public void A_clock_that_is_not_kept_comes_back_in_2000_and_says_that_it_is_invalid_until_it_is_set()
    {
        EsmeFixture fixture = new(model => model with { Power = model.Power with { IsClockKept = false } });
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromHours(2));
        fixture.Esme.PowerOn();
        ScriptedClient client = fixture.Associated();

        string? lost = client.Send("C001C100080000010000FF0200");
        client.Send("C101C100080000010000FF0200090C07EA0105FF0E000000800000").Should().Be("C501C100");
        string? set = client.Send("C001C100080000010000FF0200");

        lost.Should().Be("C401C100090C" + "07D00101" + "06" + "000000" + "00" + "0000" + "01");
        set.Should().Be("C401C100090C" + "07EA0105" + "01" + "0E0000" + "00" + "0000" + "00");
    }

    [Fact]
    public void Switching_on_what_runs_changes_nothing()
    {
        EsmeFixture fixture = new();

        fixture.Esme.PowerOn();

        fixture.Esme.IsRunning.Should().BeTrue();
        fixture.Associated().Send("C001C10007" + "0000636204FF" + "0200").Should().Be("C401C1000100");
    }
}
