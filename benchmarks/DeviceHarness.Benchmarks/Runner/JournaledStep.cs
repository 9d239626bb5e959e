using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>What does a step cost with the agent's journal on, every event of the attempt on disk at its end?</summary>
/// <remarks>One attempt of 500 empty steps, divided by 500: making, flushing and removing the journal's file is in it. Empty steps fill
/// groups of events faster than real ones do, so there are fewer flushes for each. The file is in the system's temporary folder.</remarks>
[MemoryDiagnoser]
[Description("What does a step cost with the agent's journal on, every event of the attempt on disk at its end?")]
public class JournaledStep
{
    private readonly PackRunner _runner = new();
    private readonly IdleBench _bench = new();
    private readonly RunOptions _options = new();
    private string _folder = string.Empty;
    private TestPack _pack = null!;
    private int _attempt;

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("deviceharness-bench-journal-").FullName;
        _pack = EmptyStepsPack.Load();
    }

    [Benchmark(OperationsPerInvoke = EmptyStepsPack.Steps)]
    public async Task<int> JournalOnDisk()
    {
        _attempt++;
        DiskJournalStorage storage = new(_folder);
        const string Name = "attempt.journal";
        AttemptKey key = new("execution-1", _attempt, _attempt);
        await using (AttemptJournal journal = AttemptJournal.Create(key, storage, Name, TimeProvider.System, () => { }))
        {
            AttemptResult result = await _runner.RunCaseAsync(_pack, _pack.Cases[0], _bench, journal, _options, CancellationToken.None);
            Verify.That(result.Verdict == Verdict.Passed && result.Steps.Count == EmptyStepsPack.Steps
                && journal.FlushedSequence == EmptyStepsPack.Events && journal.IsFinished);
        }

        storage.Delete(Name);
        return EmptyStepsPack.Steps;
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);
}
