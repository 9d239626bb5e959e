using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Latencies;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Latencies;

public sealed class LatencySummaryTests
{
    [Fact]
    public void Two_rigs_give_one_name_to_two_devices_and_their_latencies_stay_apart()
    {
        LatencySummary.Of(AssuranceSamples.Moved().Executions).Select(summary => (summary.Device, summary.Samples))
            .Should().Equal(("esme-01 on bench-01", 1), ("esme-01 on bench-02", 1));
    }

    [Fact]
    public void Samples_are_summed_up_per_SRV_and_device_in_the_order_of_the_numbers()
    {
        ExecutionHistory execution = Execution(1, Attempt(
            1, Verdict.Passed,
            steps: [Step("11.2", 10), Step("4.1.1", 10), Step("4.1.1", 10, "esme-02"), Step("7.2", 10), Step("4.1.1", 30)]));

        IReadOnlyList<LatencySummary> summaries = LatencySummary.Of([execution]);

        summaries.Select(summary => (summary.ServiceReferenceVariant, summary.Device, summary.Samples)).Should().Equal(
            ("4.1.1", "esme-01", 2), ("4.1.1", "esme-02", 1), ("7.2", "esme-01", 1), ("11.2", "esme-01", 1));
    }

    [Fact]
    public void Median_and_99th_percentile_are_by_nearest_rank()
    {
        Step[] steps = [.. Enumerable.Range(1, 200).Reverse().Select(total => Step("4.1.1", total))];

        LatencySummary summary = LatencySummary.Of([Execution(1, Attempt(1, Verdict.Passed, steps: steps))]).Single();

        summary.TotalP50.Should().Be(TimeSpan.FromMilliseconds(100));
        summary.TotalP99.Should().Be(TimeSpan.FromMilliseconds(198));
        summary.QueueP50.Should().Be(TimeSpan.FromMilliseconds(10));
        summary.HostP50.Should().Be(TimeSpan.FromMilliseconds(20));
        summary.LineP50.Should().Be(TimeSpan.FromMilliseconds(30));
        summary.DeviceP50.Should().Be(TimeSpan.FromMilliseconds(40));
    }

    [Fact]
    public void How_long_the_steps_took_is_a_median_of_its_own()
    {
        Step step = Step("11.1", 10);
        Step[] steps =
        [
            step with { Elapsed = TimeSpan.FromSeconds(90) }, step with { Elapsed = TimeSpan.FromSeconds(10) },
            step with { Elapsed = TimeSpan.FromSeconds(40) },
        ];

        LatencySummary summary = LatencySummary.Of([Execution(1, Attempt(1, Verdict.Passed, steps: steps))]).Single();

        summary.ElapsedP50.Should().Be(TimeSpan.FromSeconds(40));
    }

    [Fact]
    public void A_silence_is_no_sample()
    {
        Step[] steps = [Step("7.4", 10), Step("7.4", 5000) with { ResponseCode = "E21" }];

        LatencySummary summary = LatencySummary.Of([Execution(1, Attempt(1, Verdict.Passed, steps: steps))]).Single();

        (summary.Samples, summary.TotalP99).Should().Be((1, TimeSpan.FromMilliseconds(10)));
    }

    [Fact]
    public void Connecting_is_kept_apart_from_the_total()
    {
        Step[] steps = [Step("4.1.1", 10, connectMs: 500), Step("4.1.1", 10), Step("4.1.1", 10)];

        LatencySummary summary = LatencySummary.Of([Execution(1, Attempt(1, Verdict.Passed, steps: steps))]).Single();

        summary.TotalP99.Should().Be(TimeSpan.FromMilliseconds(10));
        (summary.Connects, summary.ConnectP50).Should().Be((1, TimeSpan.FromMilliseconds(500)));
    }

    [Fact]
    public void Scaled_and_superseded_attempts_and_requests_that_reached_no_device_are_left_out()
    {
        Attempt scaled = Attempt(1, Verdict.Passed, steps: [Step("4.1.1", 10)]) with
        {
            Provenance = new Provenance(Route.LocalSerial, Origin.Scaled),
        };
        Attempt superseded = Attempt(2, Verdict.Passed, isSuperseded: true, steps: [Step("4.1.1", 10)]);
        Attempt refused = Attempt(
            3, Verdict.Passed,
            steps: [Step("4.1.1", 0, exchanges: 0), Step("", 10), Step("7.2", 1) with { Latency = null }]);

        LatencySummary.Of([Execution(1, scaled, superseded, refused)]).Should().BeEmpty();
    }

    [Theory]
    [InlineData(1, 50, 1)]
    [InlineData(2, 50, 1)]
    [InlineData(3, 50, 2)]
    [InlineData(99, 99, 99)]
    [InlineData(100, 99, 99)]
    [InlineData(101, 99, 100)]
    [InlineData(10, 100, 10)]
    [InlineData(10, 1, 1)]
    public void A_percentile_is_a_value_that_was_measured(int samples, int percent, int expected)
    {
        IEnumerable<TimeSpan> times = Enumerable.Range(1, samples).Select(time => TimeSpan.FromTicks(time));

        Percentile.Of(times, percent).Ticks.Should().Be(expected);
    }

    [Fact]
    public void A_percentile_of_nothing_is_zero()
    {
        Percentile.Of([], 99).Should().Be(TimeSpan.Zero);
    }
}
