using System.ComponentModel;
using BenchmarkDotNet.Attributes;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>What does a step cost with the agent's journal on, every event of the attempt on disk at its end?</summary>
/// <remarks>1,000 empty steps, in two attempts since a case has 500 at most, divided by 1,000: making, flushing and removing the two
/// journals' files is in it. Empty steps fill groups of events faster than real ones do, so there are fewer flushes for each. The files
/// are in the system's temporary folder. Target: at most 60 us.</remarks>
[MemoryDiagnoser]
[Description("What does a step cost over 1,000, the agent's journal on and all on disk at each attempt's end? Target: at most 60 us")]
public class JournaledStep
{
    private const int Attempts = 2;
    private const int Steps = Attempts * EmptyStepsPack.Steps;

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

    [Benchmark(OperationsPerInvoke = Steps)]
    public async Task<int> JournalOnDisk()
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await RunAttemptAsync();
        }

        return Steps;
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, recursive: true);

    private async Task RunAttemptAsync()
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
    }
}
