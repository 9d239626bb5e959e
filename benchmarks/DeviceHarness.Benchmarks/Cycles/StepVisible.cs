using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Store;
using DeviceHarness.Store.Sqlite;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>How long after a step ended on the rig is its result with a client that watches?</summary>
/// <remarks>From the time in the event to the arrival of the update, both by the clock of the one machine: the group of the journal (5 ms
/// at most), its flush, the stream up, the commit and the stream down. A step in twenty milliseconds, as over a quick line.</remarks>
internal sealed class StepVisible : ILatencyLoop
{
    private const int MostSteps = 400;
    private const int StepMilliseconds = 20;

    /// <inheritdoc/>
    public string Name => "step-visible";

    /// <inheritdoc/>
    public string Asks =>
        "how long after a step ended on the rig does a watcher have its durable result? Target: p95 <= 50 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 1_000, WarmUp: 100);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using OneProcessHarness harness = await OneProcessHarness.StartAsync(cancellationToken);
        Measurement measurement = new("visible_us");
        int left = size.WarmUp + size.Samples;
        int warmUp = size.WarmUp;
        while (left > 0)
        {
            int steps = Math.Min(left, MostSteps);
            IReadOnlyList<double> samples = await RunCycleAsync(harness, steps, cancellationToken);
            foreach (double sample in samples.Skip(warmUp))
            {
                measurement.Add(sample);
            }

            warmUp = Math.Max(0, warmUp - steps);
            left -= steps;
        }

        return measurement;
    }

    private static async Task<IReadOnlyList<double>> RunCycleAsync(
        OneProcessHarness harness, int steps, CancellationToken cancellationToken)
    {
        // The first step is there for the watcher to begin in; it is no sample.
        string cycle = await harness.SubmitAsync(WaitingPack.Text(steps + 1, StepMilliseconds), cancellationToken);
        Dictionary<int, DateTimeOffset> seen = [];
        await harness.WatchAsync(
            cycle,
            update =>
            {
                if (update.Step?.Finished is { } finished)
                {
                    seen[finished.Index] = TimeProvider.System.GetUtcNow();
                }
            },
            cancellationToken);
        Dictionary<int, DateTimeOffset> ended = await ReadEndsAsync(harness, cycle, cancellationToken);
        Verify.That(ended.Count == steps + 1, $"{ended.Count} steps of {steps + 1} are stored");
        return [.. seen.Where(step => step.Key > 1).Select(step => (step.Value - ended[step.Key]).TotalMicroseconds)];
    }

    private static async Task<Dictionary<int, DateTimeOffset>> ReadEndsAsync(
        OneProcessHarness harness, string cycle, CancellationToken cancellationToken)
    {
        await using SqliteHarnessStore store = await harness.OpenStoreAsync(cancellationToken);
        CycleDetail detail = await store.GetCycleAsync(cycle, cancellationToken) ?? throw new InvalidOperationException("no such cycle");
        IReadOnlyList<StoredEvent> events = await store.ListEventsAsync(
            detail.Executions.Single().Attempts.Single().Key, 1, int.MaxValue, cancellationToken);
        return events.Select(stored => stored.Event).OfType<StepFinished>().ToDictionary(step => step.Index, step => step.Time);
    }
}
