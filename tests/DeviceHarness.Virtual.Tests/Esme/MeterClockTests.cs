using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class MeterClockTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void The_clock_runs_from_where_it_was_set_and_true_time_goes_on()
    {
        MeterClock clock = new(_time, TimeSpan.FromSeconds(5), isValid: false);
        DateTimeOffset start = _time.GetUtcNow();
        DateTimeOffset before = clock.Now;
        bool wasValid = clock.IsValid;

        clock.Set(new DateTimeOffset(2030, 6, 1, 13, 0, 0, TimeSpan.FromHours(1)));
        _time.Advance(TimeSpan.FromMinutes(1));
        clock.Shift(TimeSpan.FromSeconds(-30));

        before.Should().Be(start.AddSeconds(5));
        wasValid.Should().BeFalse();
        clock.IsValid.Should().BeTrue();
        clock.Now.Should().Be(new DateTimeOffset(2030, 6, 1, 12, 0, 30, TimeSpan.Zero));
        clock.TrueTime.Should().Be(start.AddMinutes(1));
    }

    [Fact]
    public void A_shift_of_more_than_a_quarter_of_an_hour_is_a_mistake()
    {
        MeterClock clock = new(_time, TimeSpan.Zero, isValid: true);

        Action shift = () => clock.Shift(TimeSpan.FromSeconds(901));

        shift.Should().Throw<ArgumentOutOfRangeException>();
    }
}
