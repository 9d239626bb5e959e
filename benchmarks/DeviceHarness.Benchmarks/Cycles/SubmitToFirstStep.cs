using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>How long after a submission is the first step under way on an idle rig?</summary>
/// <remarks>From the client's call to the first update that says so at a client that watches: submission, freezing, the lease down, the
/// start in the journal, flushed, up, committed and told. All ends are in one process.</remarks>
internal sealed class SubmitToFirstStep : ILatencyLoop
{
    // Long enough that the watcher, which can only begin when the submission has answered, meets the first step under way.
    private static readonly string Pack = WaitingPack.Text(steps: 1, milliseconds: 50);

    /// <inheritdoc/>
    public string Name => "submit-to-first-step";

    /// <inheritdoc/>
    public string Asks => "how long after a submission does a watcher see the first step under way on an idle rig? Target: p95 <= 500 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 200, WarmUp: 20);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        await using OneProcessHarness harness = await OneProcessHarness.StartAsync(cancellationToken);
        Measurement measurement = new("submitted_us", "first_step_us");
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            long begun = System.Diagnostics.Stopwatch.GetTimestamp();
            string cycle = await harness.SubmitAsync(Pack, cancellationToken);
            double submitted = Elapsed.MicrosecondsSince(begun);
            double firstStep = double.NaN;
            await harness.WatchAsync(
                cycle,
                update =>
                {
                    if (double.IsNaN(firstStep) && ShowsStep(update))
                    {
                        firstStep = Elapsed.MicrosecondsSince(begun);
                    }
                },
                cancellationToken);
            Verify.That(!double.IsNaN(firstStep), "no step was seen");
            if (number >= 0)
            {
                measurement.Add(submitted, firstStep);
            }
        }

        return measurement;
    }

    private static bool ShowsStep(CycleUpdate update) => update.BodyCase switch
    {
        CycleUpdate.BodyOneofCase.Step => true,
        CycleUpdate.BodyOneofCase.Execution => update.Execution.Execution.State is "running" or "finished",
        CycleUpdate.BodyOneofCase.Snapshot => update.Snapshot.Executions.Any(one => one.State is "running" or "finished"),
        _ => false,
    };
}
