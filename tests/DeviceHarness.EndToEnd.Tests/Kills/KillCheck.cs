using DeviceHarness.Contracts.V1;
using FluentAssertions;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>What must hold of a cycle whatever was killed, cut, unplugged or full: it completed or says what is missing, every result is
/// there once, and the meter saw each unsafe command at most once.</summary>
internal static class KillCheck
{
    /// <summary>Holds a cycle that has ended against the store's file and the meter's own log.</summary>
    public static void Check(KillBench bench, CycleDetail detail, string because)
    {
        IReadOnlyList<int> hours = bench.Commands.HoursSet();
        IReadOnlyList<int> offered = bench.Line.Offered.HoursSet();
        detail.Executions.Should().HaveCount(2 * KillPack.UnsafeCases, because);
        foreach (ExecutionSummary execution in detail.Executions)
        {
            execution.State.Should().Be("finished", because);
            execution.Verdict.Should().BeOneOf(
                [Verdict.Passed, Verdict.Inconclusive], $"{execution.CaseId}: {execution.Reason}; {because}");
            execution.Reason.Length.Should().Match(
                length => length > 0 == (execution.Verdict == Verdict.Inconclusive), $"it says what is missing; {because}");
        }

        for (int number = 1; number <= KillPack.UnsafeCases; number++)
        {
            ExecutionSummary execution = detail.Executions.Single(one => one.CaseId == KillPack.UnsafeName(number));
            int commands = hours.Count(hour => hour == number);
            execution.Attempts.Should().Be(1, $"{execution.CaseId} is unsafe to repeat; {because}");
            offered.Count(hour => hour == number).Should().BeInRange(
                commands, 1, $"it was asked of the meter so often, which logged {commands}: {execution.CaseId}; {because}");
            commands.Should().BeLessThanOrEqualTo(1, $"the meter saw {execution.CaseId} so often; {because}");
            if (execution.Verdict == Verdict.Passed)
            {
                commands.Should().Be(1, $"{execution.CaseId} passed; {because}");
            }
        }

        bool isComplete = detail.Executions.All(execution => execution.Verdict == Verdict.Passed);
        detail.Cycle.State.Should().Be(isComplete ? CycleState.Complete : CycleState.Incomplete, because);
        StoredResults.FindFaults(Path.Combine(bench.OrchestratorData, "harness.db"), detail.Cycle.Id).Should().BeEmpty(because);
    }
}
