using System.Diagnostics;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>How long after the last octet of an answer is the expectation of its step met?</summary>
/// <remarks>From the stamp of the last octets that the port read to the end of the step: link, COSEM, DUIS response, conditions. The
/// response's two signatures are not in it: no condition needs them, and they are made when its document goes into the evidence. The
/// journal is in memory; the virtual meter is in the same process.</remarks>
internal sealed class AnswerToExpectation : ILatencyLoop
{
    private const string PackText =
        """
        pack: one-read
        title: One read
        version: "1"
        kind: smoke
        owner: benchmarks
        budget: 5m
        purpose: Shows how soon an answer is judged.
        needs:
          esme: { type: ESME }
        cases:
          - id: R-1
            title: One read
            device: esme
            srv: "7.4"
            budget: 60s
            steps:
              - name: read the supply status
                request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
        """;

    /// <inheritdoc/>
    public string Name => "answer-to-expectation";

    /// <inheritdoc/>
    public string Asks => "how long after the last octet of an answer was read is the step's expectation met? Target: <= 1 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 2_000, WarmUp: 500);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("deviceharness-bench-answer-").FullName;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task serving = Task.Run(
            () => VirtualBenchHost.RunAsync(
                OneProcessHarness.RigFile, folder, [], _ => ready.SetResult(), TimeProvider.System, NullLoggerFactory.Instance, stop.Token),
            cancellationToken);
        await ready.Task;
        Measurement measurement = new("judged_us");
        string profiles = Fixtures.FilePath(Path.Combine("rigs", "profiles"));
        await using (RigBench bench = new(OneProcessHarness.RigFile, [], folder, profiles, TimeProvider.System, NullLogger.Instance))
        {
            await MeasureAsync(bench, size, measurement, cancellationToken);
        }

        await stop.CancelAsync();
        await serving;
        Directory.Delete(folder, recursive: true);
        return measurement;
    }

    private static async Task MeasureAsync(RigBench bench, LoopSize size, Measurement measurement, CancellationToken cancellationToken)
    {
        PackRunner runner = new();
        TestPack pack = PackLoader.Load(PackText, "one-read.pack.yaml");
        for (int number = -size.WarmUp; number < size.Samples; number++)
        {
            StampingJournal journal = new();
            long position = bench.Wire.Position;
            AttemptResult result =
                await runner.RunCaseAsync(pack, pack.Cases[0], bench, journal, new RunOptions(), cancellationToken);
            Verify.That(result.Verdict == Verdict.Passed, result.Reason);
            long lastOctet = bench.Wire.Since(position, out _).Last(record => record.Direction == WireDirection.FromDevice).Timestamp;
            if (number >= 0)
            {
                measurement.Add(Stopwatch.GetElapsedTime(lastOctet, journal.StepEnded).TotalMicroseconds);
            }
        }
    }

    /// <summary>A journal in memory that stamps the end of the step.</summary>
    private sealed class StampingJournal : IAttemptJournal
    {
        /// <summary>When the step ended, by the monotonic clock.</summary>
        public long StepEnded { get; private set; }

        /// <inheritdoc/>
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken)
        {
            if (attemptEvent is StepFinished)
            {
                StepEnded = Stopwatch.GetTimestamp();
            }

            return ValueTask.CompletedTask;
        }

        /// <inheritdoc/>
        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
