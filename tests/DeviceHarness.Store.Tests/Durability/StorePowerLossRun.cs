using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Store.Sqlite;
using DeviceHarness.TestKit;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Tests.Durability;

/// <summary>A seeded life of a store on a disk that loses what was not synced, and what of its promises is broken after each of many
/// losses of power.</summary>
internal sealed class StorePowerLossRun : IDisposable
{
    private const string FileName = "harness.db";
    private const int Cases = 14;

    // Enough that the log outgrows SQLite's thousand pages and is written back into the database while the run goes on.
    private const int LargestEvidence = 400_000;

    private static readonly string[] Rigs = [StoreSamples.Rig, "bench-02"];

    private readonly DroppingDisk _disk = new();
    private readonly Lock _gate = new();
    private readonly List<Promise> _promises = [];
    private readonly int _seed;

    public StorePowerLossRun(int seed) => _seed = seed;

    /// <summary>How often SQLite made something durable.</summary>
    public int Syncs => _disk.Count(FileActKind.Sync);

    /// <summary>Writes what two rigs report, beside each other.</summary>
    /// <param name="medium">How the store writes; its file layer is put in here.</param>
    public async Task LiveAsync(SqliteMedium medium)
    {
        await using SqliteHarnessStore store = await SqliteHarnessStore.OpenAsync(
            Path.Combine(_disk.Folder, FileName), LeasePolicy.Default, medium with { FileLayer = SqliteFileLayer.Name },
            CancellationToken.None).DefaultTimeout();
        await Task.WhenAll(Rigs.Select((rig, index) => ReportAsync(store, rig, new Random((_seed * 10) + index)))).DefaultTimeout();
    }

    /// <summary>Fails the power at so many moments.</summary>
    /// <returns>Every promise that was broken; none when the store keeps its word.</returns>
    public async Task<IReadOnlyList<string>> FindBrokenPromisesAsync(int losses)
    {
        Random random = new(_seed);
        List<string> broken = [];
        for (int loss = 0; loss < losses; loss++)
        {
            int acts = random.Next(1, _disk.ActCount + 1);
            string folder = Directory.CreateTempSubdirectory("after-power-loss-").FullName;
            _disk.FailPower(acts, random, folder);
            broken.AddRange((await CompareAsync(Path.Combine(folder, FileName), acts)).Select(
                fault => $"seed {_seed}, power lost after act {acts}: {fault}"));
            Directory.Delete(folder, recursive: true);
        }

        return broken;
    }

    public void Dispose() => _disk.Dispose();

    private async Task ReportAsync(SqliteHarnessStore store, string rig, Random random)
    {
        string cycle = $"cycle-{rig}";
        await store.AddCycleAsync(
            StoreSamples.Cycle(cycle, rig), [.. Enumerable.Range(1, Cases).Select(ordinal => StoreSamples.Execution(cycle, ordinal))],
            CancellationToken.None).DefaultTimeout();
        while (await store.TryLeaseAsync(rig, StoreSamples.Noon, CancellationToken.None).DefaultTimeout() is { } lease)
        {
            Keep(lease.Attempt, 0);
            byte[] content = new byte[random.Next(3) == 0 ? random.Next(LargestEvidence) : random.Next(100)];
            random.NextBytes(content);
            AttemptEvent[] events =
            [
                StoreSamples.Started(), StoreSamples.Step(1), StoreSamples.Evidence("evidence.json", content),
                StoreSamples.Finished(random.Next(5) == 0 ? Verdict.Inconclusive : Verdict.Passed),
            ];
            int first = random.Next(1, events.Length);
            foreach (SequencedEvent[] part in new[]
            {
                StoreSamples.Sequence(lease.Attempt, events[..first]), StoreSamples.SequenceFrom(lease.Attempt, first + 1, events[first..]),
            })
            {
                await store.AppendEventsAsync(part, StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
                Keep(lease.Attempt, part[^1].Sequence);
            }
        }
    }

    private void Keep(AttemptKey attempt, long highWater)
    {
        lock (_gate)
        {
            _promises.Add(new Promise(_disk.ActCount, attempt, highWater));
        }
    }

    private async Task<IReadOnlyList<string>> CompareAsync(string file, int acts)
    {
        List<string> broken = [];
        try
        {
            await using SqliteHarnessStore store =
                await SqliteHarnessStore.OpenAsync(file, CancellationToken.None).DefaultTimeout();
            foreach (IGrouping<AttemptKey, Promise> attempt in
                _promises.Where(promise => promise.Acts <= acts).GroupBy(promise => promise.Attempt))
            {
                await CompareAsync(broken, store, attempt.Key, attempt.Max(promise => promise.HighWater));
            }

            await CompareFenceAsync(broken, store, acts);
            broken.AddRange(Check(file));
        }
        catch (Exception exception) when (exception is StoreException or SqliteException)
        {
            broken.Add(exception.Message);
        }

        return broken;
    }

    private static async Task CompareAsync(List<string> broken, SqliteHarnessStore store, AttemptKey attempt, long highWater)
    {
        IReadOnlyList<StoredEvent> events = await store.ListEventsAsync(attempt, 1, 100, CancellationToken.None).DefaultTimeout();
        if (!events.Select(stored => stored.Sequence).SequenceEqual(Enumerable.Range(1, events.Count).Select(number => (long)number)))
        {
            broken.Add($"the events of {attempt} have a gap or come twice");
        }

        if (events.Count < highWater)
        {
            broken.Add($"{attempt} has {events.Count} of {highWater} events");
        }

        foreach (EvidenceReference reference in events.Select(stored => stored.Evidence).OfType<EvidenceReference>())
        {
            EvidenceBlob? blob = await store.GetEvidenceAsync(reference.Sha256, CancellationToken.None).DefaultTimeout();
            if (blob is null || blob.Content.Length != reference.Octets)
            {
                broken.Add($"the evidence of {attempt} is not there whole");
            }
        }

        AttemptAcknowledgement again = (await store.AppendEventsAsync(
            StoreSamples.Sequence(attempt, StoreSamples.Started()), StoreSamples.Noon, CancellationToken.None).DefaultTimeout()).Single();
        if (again.Standing == AttemptStanding.Unknown)
        {
            broken.Add($"the lease of {attempt} is not known any more");
        }
    }

    // A number that was given once may never be given again: it is what keeps a late owner out.
    private async Task CompareFenceAsync(List<string> broken, SqliteHarnessStore store, int acts)
    {
        long highest = _promises.Where(promise => promise.Acts <= acts).Select(promise => promise.Attempt.LeaseNumber)
            .DefaultIfEmpty().Max();
        await store.AddCycleAsync(
            StoreSamples.Cycle("after", "bench-03"), [StoreSamples.Execution("after", 1)], CancellationToken.None).DefaultTimeout();
        Lease? lease = await store.TryLeaseAsync("bench-03", StoreSamples.Noon, CancellationToken.None).DefaultTimeout();
        if (lease is null || lease.Attempt.LeaseNumber <= highest)
        {
            broken.Add($"the lease number {lease?.Attempt.LeaseNumber} was given before; {highest} was the last");
        }
    }

    private static IEnumerable<string> Check(string file)
    {
        using SqliteConnection connection = new SqliteConnections(file, SqliteMedium.Disk).Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        string text = (string)command.ExecuteScalar()!;
        return text == "ok" ? [] : [$"the file is damaged: {text}"];
    }

    /// <summary>What the store said is durable.</summary>
    /// <param name="Acts">How many acts the disk had seen by then, at most.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="HighWater">Its last durable event.</param>
    private sealed record Promise(int Acts, AttemptKey Attempt, long HighWater);
}
