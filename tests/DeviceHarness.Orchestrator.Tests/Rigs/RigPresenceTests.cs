using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Rigs;

public sealed class RigPresenceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_rig_is_offline_after_the_silence_and_online_with_the_next_word()
    {
        RigPresence presence = new(_time, TimeSpan.FromSeconds(10));

        presence.IsOnline.Should().BeFalse("it was never heard");
        presence.Heard();
        presence.IsOnline.Should().BeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(9999));
        presence.IsOnline.Should().BeTrue("the silence is not long enough");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        presence.IsOnline.Should().BeFalse();
        presence.Heard();
        presence.IsOnline.Should().BeTrue();
    }

    [Fact]
    public void What_an_earlier_orchestrator_heard_is_shown_and_is_not_online()
    {
        RigPresence presence = new(_time, TimeSpan.FromSeconds(10));
        DateTimeOffset before = _time.GetUtcNow() - TimeSpan.FromSeconds(1);

        presence.Recall(before);

        presence.LastSeen.Should().Be(before);
        presence.IsOnline.Should().BeFalse();
    }
}
