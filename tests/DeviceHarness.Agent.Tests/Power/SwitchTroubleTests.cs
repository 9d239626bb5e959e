using DeviceHarness.Agent.Power;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class SwitchTroubleTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SwitchTrouble _trouble;

    public SwitchTroubleTests() => _trouble = new SwitchTrouble(_time);

    [Fact]
    public void A_port_that_is_lost_before_anything_was_switched_is_no_trouble_of_a_switch()
    {
        _trouble.NoteLoss("esme-01").Should().BeFalse();
        (_trouble.Count, _trouble.Told).Should().Be((0, string.Empty));
    }

    [Fact]
    public void A_port_that_is_lost_while_a_contact_moves_is_however_long_that_takes()
    {
        _trouble.Begin("mains-01");
        _time.Advance(TimeSpan.FromSeconds(30));

        _trouble.NoteLoss("esme-01").Should().BeTrue();
        _trouble.Told.Should().StartWith("the port of esme-01 was lost at ")
            .And.Contain(", while mains-01 was switched: the bench's fault");
    }

    [Fact]
    public void The_two_seconds_begin_when_the_last_contact_has_moved()
    {
        _trouble.Begin("mains-01");
        _time.Advance(TimeSpan.FromSeconds(5));
        _trouble.End("mains-01");
        _time.Advance(SwitchTrouble.Window);
        bool inside = _trouble.NoteLoss("esme-01");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        bool outside = _trouble.NoteLoss("esme-02");

        (inside, outside, _trouble.Count).Should().Be((true, false, 1));
        _trouble.Told.Should().Contain("esme-01").And.Contain("2.0 s after mains-01");
    }
}
