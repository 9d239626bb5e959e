using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Comparisons;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Reports;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Reports;

public sealed class HtmlComparisonTests
{
    [Fact]
    public async Task A_cycle_stands_against_the_one_before_it()
    {
        CycleDetail first = Cycle(Ended(1, Verdict.Passed), Ended(2, Verdict.Passed));
        ExecutionHistory failed = Ended(2, Verdict.Failed, "the meter lies");
        CycleDetail second = Cycle(Ended(1, Verdict.Passed), failed) with { Issues = [Issue(failed)] };
        second = second with { Cycle = second.Cycle with { Id = "c2", HarnessVersion = "0.2.0" } };
        using StringWriter target = new(CultureInfo.InvariantCulture);

        await HtmlReport.WriteAsync(
            target, second, CycleComparison.Of(first, second), (_, _) => Task.FromResult<ReadOnlyMemory<byte>?>(null), Noon,
            CancellationToken.None);

        target.ToString().Should().Contain("Not like for like").And.Contain("harness: 0.1.0, then 0.2.0")
            .And.Contain("2 of 2 in-scope cases passed (100 %)").And.Contain("1 of 2 in-scope cases passed (50 %)")
            .And.Contain("CASE-02").And.Contain("the meter lies").And.Contain("an explanation is due").And.Contain("CASE-02: TI-0001")
            .And.Contain("2026-01-05 12:00").And.Contain("ESME 90-B3-D5-1F-30-00-00-A0").And.Contain("<td>the same</td>")
            .And.Contain("-1/2 (-50.00 percentage points)").And.Contain("<td>harness</td><td class=\"number\">-1/2</td>")
            .And.Contain("range 9 to 91 % (Wilson, 95 %, z = 1.96, 1 of 2)").And.Contain("None is recorded")
            .And.Contain("harness compare c1 c2 --explain");
    }
}
