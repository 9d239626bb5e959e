using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class AlertLogTests
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 1, 2, 3, TimeSpan.Zero);
    private readonly AlertLog _log = new();

    [Fact]
    public void The_same_code_with_the_same_time_of_one_device_is_a_duplicate()
    {
        bool[] duplicates =
        [
            _log.Add(Alert("8F35", Time)).Alert.IsDuplicate,
            _log.Add(Alert("8F35", Time)).Alert.IsDuplicate,
            _log.Add(Alert("8F36", Time)).Alert.IsDuplicate,
            _log.Add(Alert("8F35", Time.AddSeconds(1))).Alert.IsDuplicate,
            _log.Add(Alert("8F35", Time, "esme-02")).Alert.IsDuplicate,
            _log.Add(Alert("8F35", null)).Alert.IsDuplicate,
            _log.Add(Alert("8F35", null)).Alert.IsDuplicate,
            _log.Add(Alert("8F35", Time)).Alert.IsDuplicate,
        ];

        duplicates.Should().Equal(false, true, false, false, false, false, false, true);
        _log.Count.Should().Be(8);
        _log.Duplicates.Should().Be(2);
    }

    [Fact]
    public void The_log_has_an_end_and_drops_the_oldest()
    {
        for (int number = 0; number <= AlertLog.Capacity; number++)
        {
            _log.Add(Alert("8F35", Time.AddSeconds(number)));
        }

        _log.Dropped.Should().Be(1);
        IReadOnlyList<BenchAlert> taken = _log.TakeFor([new DeviceId("esme-01")]);
        taken.Should().HaveCount(AlertLog.Capacity);
        taken[0].OccurredAt.Should().Be(Time.AddSeconds(1));
    }

    [Fact]
    public async Task A_wait_ends_with_the_next_alert_and_not_before()
    {
        Task wait = _log.WaitAsync(0, CancellationToken.None);
        bool early = wait.IsCompleted;

        _log.Add(Alert("8F35", Time));

        early.Should().BeFalse();
        await wait.DefaultTimeout();
        _log.WaitAsync(0, CancellationToken.None).IsCompleted.Should().BeTrue("one came since");
        _log.WaitAsync(1, CancellationToken.None).IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void What_was_taken_is_told_once_and_numbers_go_on_after_what_was_kept()
    {
        _log.TakeUp([new KeptAlert(41, Alert("8F35", Time))]);
        long number = _log.Add(Alert("8F36", Time)).Number;
        _log.Add(Alert("8F36", Time, "esme-02"));

        _log.TakeFor([new DeviceId("esme-01")]);

        number.Should().Be(42);
        _log.TakenSince([new DeviceId("esme-02")]).Should().BeEmpty("an attempt on another device has nothing of these on the disk");
        _log.TakenSince([new DeviceId("esme-01")]).Should().Equal(41, 42);
        _log.TakenSince([new DeviceId("esme-01")]).Should().BeEmpty();
    }

    private static BenchAlert Alert(string code, DateTimeOffset? occurred, string device = "esme-01") =>
        new(new DeviceId(device), code, "something", Time.AddMinutes(1)) { OccurredAt = occurred };
}
