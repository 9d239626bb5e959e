using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class RigHandsTests : IDisposable
{
    private const string Wires = """

        tamper:
          - { via: gpio, device: esme-01, cover: terminal, chip: pins, line: A, seen-by: { chip: pins, line: A2 } }
        buttons:
          - { via: gpio, device: esme-01, button: display, chip: pins, line: B }
        """;

    private const string Twin = """

        tamper: [ { via: virtual, device: esme-01 } ]
        buttons: [ { via: virtual, device: esme-01, button: boost-1 } ]
        """;

    private static readonly DeviceId Device = new("esme-01");

    private readonly ManualTimeProvider _time = new();
    private readonly Dictionary<string, ScriptedHand> _hands;
    private readonly List<DeviceId> _moved = [];
    private readonly VirtualEsme _meter;
    private readonly BenchControl _control;

    public RigHandsTests()
    {
        _hands = new() { ["A"] = new ScriptedHand(_time), ["B"] = new ScriptedHand(_time) };
        _meter = new VirtualEsme(
            "esme-01", EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme-boost.yaml")), _time);
        _control = new BenchControl(new Dictionary<string, VirtualEsme> { ["esme-01"] = _meter });
    }

    public void Dispose()
    {
        foreach (ScriptedHand hand in _hands.Values)
        {
            hand.Dispose();
        }
    }

    [Fact]
    public async Task Covers_and_buttons_are_reached_by_the_lines_that_the_file_names()
    {
        await using BenchControlClient bench = new("nowhere", _control);
        await using RigHands hands = Hands(Wires, bench);

        ContactMove opened = await hands.SetAsync(Device, MeterCover.Terminal, isOpen: true, CancellationToken.None).DefaultTimeout();
        ContactMove closed = await hands.SetAsync(Device, MeterCover.Terminal, isOpen: false, CancellationToken.None).DefaultTimeout();
        Task<IReadOnlyList<ContactMove>> press = hands.PressAsync(Device, "display", TimeSpan.FromSeconds(1), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        IReadOnlyList<ContactMove> pressed = await press.DefaultTimeout();

        (hands.Has(Device, MeterCover.Terminal), hands.Has(Device, MeterCover.Meter)).Should().Be((true, false));
        (hands.Has(Device, "display"), hands.Has(Device, "boost-1")).Should().Be((true, false));
        (opened.Contact, opened.IsActive, closed.IsActive).Should().Be(("the terminal cover of esme-01", true, false));
        opened.Seen.Should().NotBeNull();
        pressed.Select(move => (move.Contact, move.IsActive, move.Seen)).Should().Equal(
            ("the button 'display' of esme-01", true, null), ("the button 'display' of esme-01", false, null));
        (string.Join(' ', _hands["A"].Told), string.Join(' ', _hands["B"].Told)).Should().Be(("on off", "on off"));
        _moved.Should().Equal(Device, Device, Device);
    }

    [Fact]
    public async Task An_agent_that_starts_lets_go_of_what_one_before_it_may_have_held()
    {
        await using BenchControlClient bench = new("nowhere", _control);
        _hands["A"].Move(isActive: true);
        await using RigHands hands = Hands(Wires, bench);

        await hands.LetGoAsync().DefaultTimeout();
        _hands["A"].Blindness = new TransportException("GPIO-004", "the line is gone", "line");
        await hands.LetGoAsync().DefaultTimeout();

        _hands["A"].Told.Should().Equal("off", "off");
        _hands["B"].Told.Should().Equal(new[] { "off", "off" }, "one that cannot be looked at keeps nobody from letting go of the next");
    }

    [Fact]
    public async Task A_bench_that_is_closed_lets_go_of_what_it_held_and_touches_nothing_else()
    {
        await using BenchControlClient bench = new("nowhere", _control);
        await using (RigHands hands = Hands(Wires, bench))
        {
            _ = await hands.SetAsync(Device, MeterCover.Terminal, isOpen: true, CancellationToken.None).DefaultTimeout();
        }

        _hands["A"].Told.Should().StartWith(new[] { "on", "off", "given back" });
        _hands["B"].Told.Should().Equal("given back");
    }

    [Fact]
    public async Task The_twin_has_its_hands_at_the_virtual_bench_and_they_fall_off_with_the_agent()
    {
        BenchControlClient bench = new("nowhere", _control);
        await using RigHands hands = Hands(Twin, bench);

        ContactMove opened = await hands.SetAsync(Device, MeterCover.Terminal, isOpen: true, CancellationToken.None).DefaultTimeout();
        IReadOnlyList<ContactMove> pressed = await hands
            .PressAsync(Device, "boost-1", TimeSpan.FromMinutes(1), CancellationToken.None).DefaultTimeout();
        int alerts = _meter.Alerts.Count;
        await bench.DisposeAsync();

        (opened.By, opened.Seen).Should().Be(("virtual", null));
        pressed.Select(move => (move.By, move.IsActive)).Should().Equal(("virtual", true), ("virtual", false));
        _meter.AuxiliaryLoads.Should().Equal(true);
        (alerts, _meter.Alerts.Count).Should().Be((1, 2), "it told that its terminal cover was removed, and then that it was closed");
    }

    [Fact]
    public async Task A_button_that_the_virtual_meter_does_not_have_is_the_benchs_fault()
    {
        await using BenchControlClient bench = new("nowhere", _control);
        await using RigHands hands = Hands(Twin.Replace("boost-1", "boost-4", StringComparison.Ordinal), bench);

        Func<Task> press = () => hands.PressAsync(Device, "boost-4", TimeSpan.FromSeconds(1), CancellationToken.None).DefaultTimeout();

        (await press.Should().ThrowAsync<TransportException>()).Which.Message.Should().Contain("no boost button 4");
    }

    private RigHands Hands(string wires, BenchControlClient bench)
    {
        RigConfiguration rig = BenchFolder.Parse(BenchFolder.RigText + wires);
        return new RigHands(
            rig, bench, _moved.Add, _time, NullLogger.Instance,
            new HandLines(line => _hands[line.Line], line => _hands[line.Line.TrimEnd('2')]));
    }
}
