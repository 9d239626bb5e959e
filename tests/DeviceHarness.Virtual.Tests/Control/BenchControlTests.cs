using System.Text.Json;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Control;

public sealed class BenchControlTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly VirtualEsme _meter;
    private readonly BenchControl _control;

    public BenchControlTests()
    {
        _meter = new VirtualEsme(
            "esme-01", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml")), _time);
        _control = new BenchControl(new Dictionary<string, VirtualEsme> { ["esme-01"] = _meter });
    }

    [Fact]
    public void A_relay_takes_the_supply_away_and_both_terminals_see_it_with_its_time()
    {
        _time.Advance(TimeSpan.FromSeconds(3));
        _control.Answer("power esme-01 off").Should().Be("ok");
        _time.Advance(TimeSpan.FromSeconds(190));
        bool wasRunning = _meter.IsRunning;
        _control.Answer("power esme-01 on").Should().Be("ok");

        wasRunning.Should().BeFalse();
        _meter.IsRunning.Should().BeTrue();
        foreach (string terminal in new[] { "mains", "hub" })
        {
            Sense(terminal).Edges.Should().Equal(
                new SupplyEdge(1, IsPresent: false, TimeSpan.FromSeconds(3)),
                new SupplyEdge(2, IsPresent: true, TimeSpan.FromSeconds(193)));
        }
    }

    [Fact]
    public void A_stuck_relay_is_told_and_the_inputs_see_that_it_did_not_move()
    {
        _control.Relays["esme-01"].IsStuck = true;

        string answer = _control.Answer("power esme-01 off");

        answer.Should().Be("ok");
        (Sense("mains").IsPresent, _meter.IsRunning).Should().Be((true, true));
    }

    [Fact]
    public void A_relay_that_stands_there_already_does_nothing()
    {
        _meter.PowerOff();

        _control.Answer("power esme-01 on");

        _meter.IsRunning.Should().BeFalse("the relay was on all the time: something else took the supply away");
        Sense("mains").IsPresent.Should().BeFalse();
    }

    [Fact]
    public void A_cover_that_a_connection_holds_open_is_put_back_when_it_ends_and_one_that_was_put_back_stays()
    {
        using (BenchControlConnection connection = new(_control))
        {
            connection.Answer("cover esme-01 terminal open").Should().Be("ok");
            connection.Answer("cover esme-01 meter open").Should().Be("ok");
            connection.Answer("cover esme-01 meter closed").Should().Be("ok");
            _meter.Alerts.Count.Should().Be(3);
        }

        _meter.Alerts.Count.Should().Be(4, "the terminal cover was closed too");
    }

    [Theory]
    [InlineData("esme-boost.yaml", "boost-1", "ok", true)]
    [InlineData("esme-boost.yaml", "boost-2", "error", false)]
    [InlineData("esme-boost.yaml", "menu", "error", false)]
    [InlineData("esme-boost.yaml", "boost--1", "error", false)]
    public void A_button_that_the_meter_has_is_pressed_and_no_other(string model, string button, string answer, bool isOn)
    {
        VirtualEsme meter = new(
            "esme-02", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", model)), _time);
        BenchControl control = new(new Dictionary<string, VirtualEsme> { ["esme-02"] = meter });

        control.Answer($"press esme-02 {button}").Should().StartWith(answer).And.NotContain("\n");
        meter.AuxiliaryLoads.Should().Equal(isOn);
    }

    [Fact]
    public void An_end_that_is_still_to_come_is_not_seen_before_it_comes()
    {
        _meter.HubSupply.Interrupt(_time.GetUtcNow(), _time.GetUtcNow() + TimeSpan.FromSeconds(190));
        _time.Advance(TimeSpan.FromSeconds(189));
        SupplyReading before = Sense("hub");
        _time.Advance(TimeSpan.FromSeconds(1));

        SupplyReading after = Sense("hub");

        (before.IsPresent, before.LastSequence).Should().Be((false, 1));
        (after.IsPresent, after.LastSequence).Should().Be((true, 2));
        Sense("mains").Edges.Should().BeEmpty();
    }

    [Fact]
    public void Changes_that_are_forgotten_leave_a_gap_in_the_numbers()
    {
        for (int turn = 0; turn <= Virtual.Supply.SupplyFeed.Capacity; turn++)
        {
            _meter.HubSupply.Interrupt(_time.GetUtcNow(), until: null);
            _time.Advance(TimeSpan.FromSeconds(1));
            _meter.HubSupply.Restore(_time.GetUtcNow());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        SupplyReading reading = Sense("hub");

        reading.Edges[0].Sequence.Should().Be(3, "the first interruption was forgotten");
        reading.LastSequence.Should().Be(2 * (Virtual.Supply.SupplyFeed.Capacity + 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("power")]
    [InlineData("power esme-01")]
    [InlineData("power esme-01 half")]
    [InlineData("power esme-09 off")]
    [InlineData("supply esme-01 roof")]
    [InlineData("supply esme-09 mains")]
    [InlineData("power esme-01 off now then")]
    [InlineData("cover esme-01 roof open")]
    [InlineData("press esme-09 boost-1")]
    [InlineData("press esme-01 boost-1")]
    public void What_is_not_understood_is_refused_and_moves_nothing(string line)
    {
        _control.Answer(line).Should().StartWith("error ").And.NotContain("\n");
        _meter.IsRunning.Should().BeTrue();
    }

    private SupplyReading Sense(string terminal)
    {
        string answer = _control.Answer($"supply esme-01 {terminal}");
        answer.Should().StartWith("ok ");
        answer.Length.Should().BeLessThan(BenchControl.MaximumAnswerOctets);
        return JsonSerializer.Deserialize<SupplyReading>(answer[3..])!;
    }
}
