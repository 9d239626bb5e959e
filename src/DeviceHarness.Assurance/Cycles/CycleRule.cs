namespace DeviceHarness.Assurance.Cycles;

/// <summary>When a cycle is complete, and what a command says about it to its caller.</summary>
public static class CycleRule
{
    /// <summary>The exit code when every in-scope case passed.</summary>
    public const int ExitPassed = 0;

    /// <summary>The exit code when at least one in-scope case failed.</summary>
    public const int ExitTestFailures = 1;

    /// <summary>The exit code when nothing failed and bench, harness or pack kept at least one in-scope case from a conclusive
    /// verdict.</summary>
    public const int ExitInfrastructure = 3;

    /// <summary>The state of a cycle whose executions have all finished.</summary>
    /// <returns><see cref="CycleState.Complete"/> when every in-scope case has a conclusive attempt and at least one is in scope.</returns>
    public static CycleState StateWhenEnded(PassRate rate) =>
        rate.InScope > 0 && rate.Executed == rate.InScope ? CycleState.Complete : CycleState.Incomplete;

    /// <summary>The exit code of a run of one or more cycles.</summary>
    /// <remarks>A failure outweighs an infrastructure fault: it is a finding, and repeating the run does not remove it.</remarks>
    public static int ExitCode(IEnumerable<PassRate> cycles)
    {
        int exitCode = ExitInfrastructure;
        bool isFirst = true;
        foreach (PassRate rate in cycles)
        {
            if (rate.Failed > 0)
            {
                return ExitTestFailures;
            }

            bool hasPassed = rate.InScope > 0 && rate.Passed == rate.InScope;
            exitCode = hasPassed && (isFirst || exitCode == ExitPassed) ? ExitPassed : ExitInfrastructure;
            isFirst = false;
        }

        return exitCode;
    }
}
