using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Keys;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Keys;

/// <summary>DMCT case KEY-04: the seven days after a migration, the clock set forward.</summary>
public sealed class RotationDeadlineTests
{
    private static readonly RotationDeadline Deadline = new(TestKeys.Now);

    [Theory]
    [InlineData(0, RotationTimeliness.Due)]
    [InlineData(7 * 24 * 60, RotationTimeliness.Due)]
    [InlineData((7 * 24 * 60) + 1, RotationTimeliness.Missed)]
    public void Without_a_rotation_the_deadline_is_missed_once_seven_days_are_over(int minutes, RotationTimeliness expected)
    {
        DateTimeOffset now = TestKeys.Now.AddMinutes(minutes);

        Deadline.Judge(null, now).Should().Be(expected);
        Deadline.Judge(KeyRecord.Begin(TestKeys.Set(1)), now).Should().Be(expected);
    }

    [Fact]
    public void A_rotation_that_nothing_proved_does_not_keep_it()
    {
        KeyRecord open = KeyRecord.Begin(TestKeys.Set(1)).Prepare(TestKeys.Set(2), TestKeys.Now);
        KeyRecord keptItsKey = open.Answer(KeyRotationOutcome.Unconfirmed).Prove(TestKeys.Set(1), TestKeys.Now);

        Deadline.Judge(open, TestKeys.Now.AddDays(8)).Should().Be(RotationTimeliness.Missed);
        Deadline.Judge(keptItsKey, TestKeys.Now.AddDays(8)).Should().Be(RotationTimeliness.Missed);
    }

    [Fact]
    public void A_rotation_before_the_migration_is_none_after_it()
    {
        KeyRecord rotated = KeyRecord.Begin(TestKeys.Set(1)).Prepare(TestKeys.Set(2), TestKeys.Now)
            .Answer(KeyRotationOutcome.Confirmed).Prove(TestKeys.Set(2), TestKeys.Now);

        new RotationDeadline(TestKeys.Now.AddHours(1)).Judge(rotated, TestKeys.Now.AddDays(3)).Should().Be(RotationTimeliness.Due);
        new RotationDeadline(TestKeys.Now).Judge(rotated, TestKeys.Now.AddDays(3)).Should().Be(RotationTimeliness.Rotated);
    }

    [Fact]
    public void A_proven_rotation_keeps_it_also_when_a_later_one_is_refused()
    {
        KeyRecord rotated = KeyRecord.Begin(TestKeys.Set(1)).Prepare(TestKeys.Set(2), TestKeys.Now)
            .Answer(KeyRotationOutcome.Confirmed).Prove(TestKeys.Set(2), TestKeys.Now);
        KeyRecord refusedLater = rotated.Prepare(TestKeys.Set(3), TestKeys.Now.AddDays(8))
            .Answer(KeyRotationOutcome.Refused).Prove(TestKeys.Set(2), TestKeys.Now.AddDays(8));

        Deadline.Judge(rotated, TestKeys.Now.AddDays(30)).Should().Be(RotationTimeliness.Rotated);
        Deadline.Judge(refusedLater, TestKeys.Now.AddDays(30)).Should().Be(RotationTimeliness.Rotated);
    }
}
