using DeviceHarness.Agent.SelfTest;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.SelfTest;

public sealed class JumpingClockTests
{
    private readonly JumpingClock _clock = new();

    [Fact]
    public async Task A_wait_takes_its_time_on_the_clock_alone()
    {
        await Task.Delay(TimeSpan.FromHours(8), _clock).DefaultTimeout();

        _clock.Elapsed.Should().Be(TimeSpan.FromHours(8));
        _clock.GetUtcNow().Should().Be(JumpingClock.Beginning.AddHours(8));
    }

    [Fact]
    public async Task A_limit_moves_nothing_and_fires_when_time_has_come_so_far()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5), _clock);

        await Task.Delay(TimeSpan.FromMinutes(4), _clock).DefaultTimeout();
        bool isEarly = limit.IsCancellationRequested;
        await Task.Delay(TimeSpan.FromMinutes(2), _clock).DefaultTimeout();

        isEarly.Should().BeFalse();
        limit.IsCancellationRequested.Should().BeTrue();
        _clock.Elapsed.Should().Be(TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void A_hop_ends_at_the_first_timer_on_the_way()
    {
        List<TimeSpan> fired = [];
        using CancellationTokenSource first = new(TimeSpan.FromSeconds(2), _clock);
        using CancellationTokenSource second = new(TimeSpan.FromSeconds(3), _clock);
        using CancellationTokenRegistration one = first.Token.Register(() => fired.Add(_clock.Elapsed));
        using CancellationTokenRegistration other = second.Token.Register(() => fired.Add(_clock.Elapsed));

        for (int hop = 0; hop < 3; hop++)
        {
            _clock.HopTo(TimeSpan.FromSeconds(10));
        }

        fired.Should().Equal(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        _clock.Elapsed.Should().Be(TimeSpan.FromSeconds(10));
    }
}
