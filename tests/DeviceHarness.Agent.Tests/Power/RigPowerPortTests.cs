using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class RigPowerPortTests : IDisposable
{
    private static readonly DeviceId Device = new("esme-01");
    private static readonly DeviceId Other = new("esme-03");
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(2);

    private readonly ManualTimeProvider _time = new();
    private readonly TellingContact _contact = new();
    private readonly TellingContact _behind = new();
    private readonly ScriptedIsolation _isolation = new();
    private readonly SwitchLedger _ledger;
    private readonly RigPowerPort _port;

    public RigPowerPortTests()
    {
        _ledger = new SwitchLedger(new DroppingStorage(), "test-rig", _time);
        RigFeed mains = new(
            new PowerFeed("mains-01", [Device, new DeviceId("esme-02"), Other], MinimumOff: Rest, MinimumOn: Rest), new VirtualSwitch())
        {
            Own = [Device, new DeviceId("esme-02")],
            DailyLimit = 2,
        };
        RigFeed behind = new(new PowerFeed("behind-01", [Other], TimeSpan.Zero, TimeSpan.Zero), new VirtualSwitch()) { FedBy = "mains-01" };
        _port = new RigPowerPort(
            [(mains, _contact), (behind, _behind)],
            new PowerCare(_ledger, Spacing, new IsolationLatch(_isolation, _ledger, "test-rig")), _time);
    }

    public void Dispose() => _port.Dispose();

    [Fact]
    public void The_feed_of_a_device_names_all_that_lose_their_supply_with_it()
    {
        _port.FeedOf(new DeviceId("esme-02"))!.Devices.Should().HaveCount(3);
        _port.FeedOf(Other)!.Name.Should().Be("behind-01", "the nearest contact is the one that is moved for it");
        _port.FeedOf(new DeviceId("esme-04")).Should().BeNull();
    }

    [Fact]
    public async Task A_contact_moves_no_sooner_than_its_rest_allows()
    {
        Task off = _port.SwitchAsync(Device, isOn: false, CancellationToken.None);
        _time.Advance(Rest - TimeSpan.FromMilliseconds(1));
        int toldEarly = _contact.Told.Count;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await off.DefaultTimeout();
        Task on = _port.SwitchAsync(Device, isOn: true, CancellationToken.None);
        bool wasToldAtOnce = _contact.Told.Count > 1;
        _time.Advance(Rest);
        await on.DefaultTimeout();

        toldEarly.Should().Be(0);
        wasToldAtOnce.Should().BeFalse();
        _contact.Told.Should().Equal(false, true);
    }

    [Fact]
    public async Task A_contact_that_rested_long_enough_moves_at_once()
    {
        _time.Advance(Rest);

        await SwitchAsync(Device, isOn: false);
        await SwitchAsync(new DeviceId("esme-02"), isOn: false);

        _contact.Told.Should().Equal([false], "both are on one feed, and it is off already");
    }

    [Fact]
    public async Task A_contact_that_failed_is_told_again()
    {
        _time.Advance(Rest);
        _contact.Fault = new TransportException("TRAN-001", "gone", "relay");
        await FaultOf(Device, isOn: false);
        _contact.Fault = null;
        _time.Advance(Rest);

        await SwitchAsync(Device, isOn: true);

        _contact.Told.Should().Equal(false, true);
    }

    [Fact]
    public async Task What_was_switched_off_as_often_as_a_day_allows_stays_on_until_the_next_and_is_always_given_back()
    {
        for (int turn = 0; turn < 2; turn++)
        {
            _time.Advance(Rest);
            await SwitchAsync(Device, isOn: false);
            _time.Advance(Rest);
            await SwitchAsync(Device, isOn: true);
        }

        _time.Advance(Rest);
        string refused = await FaultOf(Device, isOn: false);
        _time.Advance(TimeSpan.FromDays(1));
        await SwitchAsync(Device, isOn: false);

        refused.Should().Be("POWER-005");
        _contact.Told.Should().Equal(false, true, false, true, false);
    }

    [Fact]
    public async Task Feeds_come_on_one_after_the_other()
    {
        _time.Advance(Rest);
        await SwitchAsync(Other, isOn: false);
        await SwitchAsync(Device, isOn: false);
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: true);

        Task behind = _port.SwitchAsync(Other, isOn: true, CancellationToken.None);
        _time.Advance(Spacing - TimeSpan.FromMilliseconds(1));
        int early = _behind.Told.Count;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await behind.DefaultTimeout();

        early.Should().Be(1);
        _behind.Told.Should().Equal(false, true);
    }

    [Fact]
    public async Task A_feed_whose_source_is_off_is_not_said_to_be_on()
    {
        _time.Advance(Rest);
        await SwitchAsync(Other, isOn: false);
        await SwitchAsync(Device, isOn: false);

        (await FaultOf(Other, isOn: true)).Should().Be("POWER-006");
    }

    [Fact]
    public async Task Nothing_is_switched_on_while_the_bench_is_isolated_or_before_a_person_acknowledged_it()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);
        _time.Advance(Rest);
        _isolation.IsIsolated = true;
        string isolated = await FaultOf(Device, isOn: true);
        _isolation.IsIsolated = false;
        string released = await FaultOf(Device, isOn: true);
        int toldBefore = _contact.Told.Count;
        _isolation.WasPressed = true;
        await SwitchAsync(Device, isOn: true);

        (isolated, released).Should().Be(("POWER-004", "POWER-004"));
        toldBefore.Should().Be(1);
        _contact.Told.Should().Equal(false, true);
    }

    [Fact]
    public async Task An_input_that_cannot_be_read_lets_nothing_on()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);
        _time.Advance(Rest);
        _isolation.Fault = new TransportException("GPIO-004", "gone", "isolation");

        (await FaultOf(Device, isOn: true)).Should().Be("GPIO-004");
    }

    [Fact]
    public async Task At_the_end_all_that_was_taken_is_given_back_and_nothing_else_is_touched()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);

        IReadOnlyList<TransportException> faults = await _port.GiveBackAsync().DefaultTimeout();

        faults.Should().BeEmpty();
        _contact.Told.Should().Equal(false, true);
        _behind.Told.Should().BeEmpty();
    }

    [Fact]
    public async Task What_an_open_contact_keeps_dark_is_supplied_when_the_agent_begins()
    {
        RigFeed open = new(
            new PowerFeed("open-01", [Device], Rest, Rest), new BoardSwitch("relays", 1, IsNormallyClosed: false));
        using RigPowerPort port = new([(open, _contact)], new PowerCare(_ledger, Spacing, Isolation: null), _time);

        await port.GiveBackAsync().DefaultTimeout();
        await port.GiveBackAsync().DefaultTimeout();

        _contact.Told.Should().Equal(true);
    }

    [Fact]
    public async Task What_an_agent_that_died_left_off_is_supplied_when_the_next_begins()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);
        TellingContact contact = new();
        using RigPowerPort next = Port(contact);
        await next.GiveBackAsync().DefaultTimeout();
        using RigPowerPort third = Port(contact);
        await third.GiveBackAsync().DefaultTimeout();

        _contact.Told.Should().Equal(false);
        contact.Told.Should().Equal([true], "the third finds nothing that anybody left off");
    }

    [Fact]
    public async Task What_was_left_off_outlasts_the_day_and_its_counts()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);
        _time.Advance(TimeSpan.FromDays(2));
        _ledger.DropOtherDays();

        (_ledger.IsOff("mains-01"), _ledger.IsOff("behind-01"), _ledger.CountOf("mains-01")).Should().Be((true, false, 0));
    }

    [Fact]
    public async Task An_isolated_bench_is_held_off_and_let_go_from_its_source_on()
    {
        List<string> told = [];
        using RigPowerPort port = new(
            [
                (FeedOf("behind-01", [Other], source: "mains-01"), new NamedContact("behind", told)),
                (FeedOf("mains-01", [Device, Other], source: null), new NamedContact("mains", told)),
            ],
            new PowerCare(_ledger, TimeSpan.Zero, new IsolationLatch(_isolation, _ledger, "test-rig")), _time);
        for (int count = 0; count < 3; count++)
        {
            _ledger.NoteOff("mains-01");
        }

        await port.HoldOffAsync().DefaultTimeout();
        await port.HoldOffAsync().DefaultTimeout();
        bool isHolding = port.IsHolding;
        _time.Advance(Rest);
        await port.LetGoAsync().DefaultTimeout();
        await port.LetGoAsync().DefaultTimeout();

        told.Should().Equal("behind off", "mains off", "mains on", "behind on");
        (isHolding, port.IsHolding).Should().Be((true, false));
    }

    [Fact]
    public async Task What_is_held_off_is_not_let_go_while_the_bench_is_isolated()
    {
        _isolation.IsIsolated = true;
        await _port.HoldOffAsync().DefaultTimeout();
        _time.Advance(Rest);
        Func<Task> letGo = () => _port.LetGoAsync().DefaultTimeout();

        (await letGo.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("POWER-004");
        _contact.Told.Should().Equal(false);
        _port.IsHolding.Should().BeTrue();
    }

    [Fact]
    public async Task One_contact_that_fails_keeps_no_other_from_being_held_off()
    {
        _contact.Fault = new TransportException("POWER-001", "gone", "mains-01");
        Func<Task> hold = () => _port.HoldOffAsync().DefaultTimeout();

        await hold.Should().ThrowAsync<TransportException>();
        _behind.Told.Should().Equal(false);
        await hold.Should().ThrowAsync<TransportException>();
        _contact.Told.Should().Equal([false, false], "it is told again as long as it is not known to be off");
        _behind.Told.Should().HaveCount(1);
    }

    [Fact]
    public async Task At_the_end_an_isolated_bench_stays_off()
    {
        _time.Advance(Rest);
        await SwitchAsync(Device, isOn: false);
        _isolation.IsIsolated = true;

        IReadOnlyList<TransportException> faults = await _port.GiveBackAsync().DefaultTimeout();

        faults.Should().ContainSingle().Which.Code.Should().Be("POWER-004");
        _contact.Told.Should().Equal(false);
    }

    [Fact]
    public async Task Where_a_switching_cannot_be_counted_the_contact_does_not_move()
    {
        DroppingStorage disk = new() { IsFull = true };
        SwitchLedger ledger = new(disk, "test-rig", _time);
        RigFeed feed = new(new PowerFeed("mains-01", [Device], TimeSpan.Zero, TimeSpan.Zero), new VirtualSwitch());
        using RigPowerPort port = new([(feed, _contact)], new PowerCare(ledger, TimeSpan.Zero, Isolation: null), _time);
        Func<Task> off = () => port.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();

        (await off.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("POWER-007");
        _contact.Told.Should().BeEmpty();
    }

    private RigPowerPort Port(IFeedContact contact) => new(
        [(FeedOf("mains-01", [Device], source: null), contact)], new PowerCare(_ledger, Spacing, Isolation: null), _time);

    private static RigFeed FeedOf(string name, IReadOnlyList<DeviceId> devices, string? source) =>
        new(new PowerFeed(name, devices, Rest, Rest), new VirtualSwitch()) { Own = [.. devices.Take(1)], FedBy = source, DailyLimit = 2 };

    private Task SwitchAsync(DeviceId device, bool isOn) => _port.SwitchAsync(device, isOn, CancellationToken.None).DefaultTimeout();

    private async Task<string> FaultOf(DeviceId device, bool isOn)
    {
        Func<Task> act = () => SwitchAsync(device, isOn);
        return (await act.Should().ThrowAsync<TransportException>()).Which.Code;
    }

    private sealed class NamedContact(string name, List<string> told) : IFeedContact
    {
        public Task SetAsync(bool isOn, CancellationToken cancellationToken)
        {
            told.Add($"{name} {(isOn ? "on" : "off")}");
            return Task.CompletedTask;
        }
    }

    private sealed class TellingContact : IFeedContact
    {
        public List<bool> Told { get; } = [];

        public TransportException? Fault { get; set; }

        public Task SetAsync(bool isOn, CancellationToken cancellationToken)
        {
            Told.Add(isOn);
            return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
        }
    }
}
