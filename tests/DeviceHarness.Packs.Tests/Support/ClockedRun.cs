using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>Runs a case and moves its clock on for as long as it waits.</summary>
internal static class ClockedRun
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs a case on a bench that answers at once or waits on the same clock.</summary>
    /// <remarks>Off the test's synchronisation context a wait that is over goes on where the clock is moved, and before it is moved again:
    /// so the clock stands still while anything runs, and every run takes the same time. A wait that is cancelled goes on elsewhere: a
    /// test of what cancels one moves its clock itself.</remarks>
    public static Task<AttemptResult> RunOnClockAsync(
        this PackRunner runner, TestPack pack, TestCase testCase, ITestBench bench, IAttemptJournal journal, ManualTimeProvider time,
        CancellationToken cancellationToken = default) => Task.Run(() =>
        {
            Task<AttemptResult> run = runner.RunCaseAsync(
                pack, testCase, bench, journal, new RunOptions { Time = time }, cancellationToken);
            for (TimeSpan most = testCase.Budget + PackRunner.CleanupBudget; !run.IsCompleted && most > TimeSpan.Zero; most -= Step)
            {
                time.Advance(Step);
            }

            return run;
        }).DefaultTimeout();
}
