using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class AlertLogTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 1, 2, 3, TimeSpan.Zero);
    private readonly AlertLog _log = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_code_with_the_same_time_of_one_device_is_a_duplicate()
    {
        bool[] duplicates =
        [
            _log.Add(Alert("8F35", Time)).IsDuplicate,
            _log.Add(Alert("8F35", Time)).IsDuplicate,
            _log.Add(Alert("8F36", Time)).IsDuplicate,
            _log.Add(Alert("8F35", Time.AddSeconds(1))).IsDuplicate,
            _log.Add(Alert("8F35", Time, "esme-02")).IsDuplicate,
            _log.Add(Alert("8F35", null)).IsDuplicate,
            _log.Add(Alert("8F35", null)).IsDuplicate,
            _log.Add(Alert("8F35", Time)).IsDuplicate,
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
    public void What_waits_outlasts_the_agent_and_a_line_that_was_cut_off_does_no_harm()
    {
        AlertFile file = new(_folder.Path, "bench-01");
        BenchAlert alert = Alert("8F35", Time) with { Xml = "<a/>", Octets = "C200", ClockStatus = "invalid", IsKnown = true };
        file.Append(alert);
        file.Append(Alert("8F36", null));
        string path = Path.Combine(_folder.Path, "alerts", "bench-01.jsonl");
        File.AppendAllText(path, "{\"Device\":");

        IReadOnlyList<BenchAlert> kept = new AlertFile(_folder.Path, "bench-01").Read();
        file.Replace([alert]);

        kept.Should().Equal(alert, Alert("8F36", null));
        new AlertFile(_folder.Path, "bench-01").Read().Should().Equal(alert);
    }

    private static BenchAlert Alert(string code, DateTimeOffset? occurred, string device = "esme-01") =>
        new(new DeviceId(device), code, "something", Time.AddMinutes(1)) { OccurredAt = occurred };
}
