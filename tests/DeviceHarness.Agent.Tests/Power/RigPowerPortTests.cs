using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class RigPowerPortTests : IDisposable
{
    private static readonly DeviceId Device = new("esme-01");
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _time = new();
    private readonly TellingContact _contact = new();
    private readonly RigPowerPort _port;

    public RigPowerPortTests() => _port = new RigPowerPort(
        [(new PowerFeed("mains-01", [Device, new DeviceId("esme-02")], MinimumOff: Rest, MinimumOn: Rest), _contact)], _time);

    public void Dispose() => _port.Dispose();

    [Fact]
    public void The_feed_of_a_device_names_all_that_lose_their_supply_with_it()
    {
        _port.FeedOf(new DeviceId("esme-02"))!.Devices.Should().HaveCount(2);
        _port.FeedOf(new DeviceId("esme-03")).Should().BeNull();
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

        await _port.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        await _port.SwitchAsync(new DeviceId("esme-02"), isOn: false, CancellationToken.None).DefaultTimeout();

        _contact.Told.Should().Equal([false], "both are on one feed, and it is off already");
    }

    [Fact]
    public async Task A_contact_that_failed_is_told_again()
    {
        _time.Advance(Rest);
        _contact.Fault = new TransportException("TRAN-001", "gone", "relay");
        Func<Task> off = () => _port.SwitchAsync(Device, isOn: false, CancellationToken.None).DefaultTimeout();
        await off.Should().ThrowAsync<TransportException>();
        _contact.Fault = null;
        _time.Advance(Rest);

        await _port.SwitchAsync(Device, isOn: true, CancellationToken.None).DefaultTimeout();

        _contact.Told.Should().Equal(false, true);
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
