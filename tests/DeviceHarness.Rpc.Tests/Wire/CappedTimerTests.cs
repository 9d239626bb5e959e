using DeviceHarness.Rpc.Wire;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class CappedTimerTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(100_000)]
    public void It_fires_once_when_all_of_its_time_has_passed(double days)
    {
        ManualTimeProvider time = new();
        int fired = 0;
        using CappedTimer timer = new(time, TimeSpan.FromDays(days), () => fired++);

        time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromTicks(1));
        int before = fired;
        time.Advance(TimeSpan.FromDays(2));

        before.Should().Be(0);
        fired.Should().Be(1);
    }

    [Fact]
    public void Disposed_of_it_never_fires()
    {
        ManualTimeProvider time = new();
        int fired = 0;
        CappedTimer timer = new(time, TimeSpan.FromDays(60), () => fired++);
        time.Advance(TimeSpan.FromDays(30));

        timer.Dispose();
        time.Advance(TimeSpan.FromDays(60));

        fired.Should().Be(0);
        time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public void The_platforms_clock_takes_any_length()
    {
        Action longest = () => new CappedTimer(TimeProvider.System, TimeSpan.MaxValue, () => { }).Dispose();

        longest.Should().NotThrow();
    }
}
