using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>What does the runner add to a step? Target: at most 20 us with a journal in memory.</summary>
/// <remarks>One attempt of 500 empty steps, divided by 500: the attempt's beginning, its end and its evidence file are in it.</remarks>
[MemoryDiagnoser]
[Description("What does the runner add to a step? Target: at most 20 us with a journal in memory")]
public class RunnerStep
{
    private readonly PackRunner _runner = new();
    private readonly IdleBench _bench = new();
    private readonly RunOptions _options = new();
    private TestPack _pack = null!;

    [GlobalSetup]
    public void Setup() => _pack = EmptyStepsPack.Load();

    [Benchmark(OperationsPerInvoke = EmptyStepsPack.Steps)]
    public async Task<int> JournalInMemory()
    {
        CountingJournal journal = new();

        AttemptResult result = await _runner.RunCaseAsync(_pack, _pack.Cases[0], _bench, journal, _options, CancellationToken.None);

        Verify.That(result.Verdict == Verdict.Passed && result.Steps.Count == EmptyStepsPack.Steps
            && journal.Events == EmptyStepsPack.Events && journal.Newest is AttemptFinished, $"{result.Verdict} {result.Reason}");
        return result.Steps.Count;
    }
}
