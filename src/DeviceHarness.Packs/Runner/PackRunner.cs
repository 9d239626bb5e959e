using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;

namespace DeviceHarness.Packs.Runner;

/// <summary>Runs the cases of packs on a bench. Safe for several attempts at once, each on devices of its own.</summary>
/// <remarks>One runner per agent: it holds the counters of RequestIDs, which must rise over all attempts.</remarks>
public sealed class PackRunner
{
    /// <summary>How long all clean-up of one attempt may take; it is not part of the case's budget and is not cancelled with the
    /// case.</summary>
    public static readonly TimeSpan CleanupBudget = TimeSpan.FromMinutes(2);

    private readonly RequestCounters _counters = new();

    /// <summary>Runs one attempt at a case and journals it.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="testCase">One of its cases.</param>
    /// <param name="bench">The bench; the caller holds its devices exclusively.</param>
    /// <param name="journal">Takes the events; it is flushed before the first octet of an unsafe step and at the end.</param>
    /// <param name="options">Clock and seed.</param>
    /// <param name="cancellationToken">Ends the steps; clean-up, evidence and journal are still done.</param>
    /// <returns>How the attempt ended. A retry is another attempt, and somebody else's decision.</returns>
    /// <remarks>Faults of device, service, bench and pack are verdicts. An exception that is none of the harness's
    /// (<see cref="HarnessException"/>)
    /// passes through after clean-up, and leaves an attempt without an end in the journal.</remarks>
    public Task<AttemptResult> RunCaseAsync(
        TestPack pack, TestCase testCase, ITestBench bench, IAttemptJournal journal, RunOptions options,
            CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(testCase);
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(options);
        return new Attempt(pack, testCase, bench, journal, options, _counters).RunAsync(cancellationToken);
    }
}
