using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>What do the other rigs notice of one whose agent hangs with its connection open?</summary>
/// <remarks>Eight rigs exchange leases and results, each over a stream of its own and one exchange after the other, first alone, then
/// beside a ninth that holds four leases, reads nothing any more and has a message in its connection that fills it. Rigs, orchestrator,
/// store and client are in one process and share its cores. The hung rig must still hang at the end.</remarks>
internal sealed class HungRig : ILatencyLoop
{
    private const int Others = 8;
    private const int CasesOfAPack = 20;
    private const int Ahead = 4;
    private const int LargeCharacters = 1_000_000;

    private static readonly string Pack = PackText();

    /// <inheritdoc/>
    public string Name => "hung-rig";

    /// <inheritdoc/>
    public string Asks =>
        "how long do results and leases of eight rigs take, alone and beside a rig that hangs? Target beside it: p99 <= 20 ms";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 4_000, WarmUp: 400);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        List<(double Step, double Lease)> alone = await RunOnceAsync(size, isOneHung: false, cancellationToken);
        List<(double Step, double Lease)> beside = await RunOnceAsync(size, isOneHung: true, cancellationToken);
        Measurement measurement = new("alone_result_us", "alone_lease_us", "beside_hung_result_us", "beside_hung_lease_us");
        foreach (((double step, double lease), (double besideStep, double besideLease)) in alone.Zip(beside))
        {
            measurement.Add(step, lease, besideStep, besideLease);
        }

        return measurement;
    }

    private static async Task<List<(double Step, double Lease)>> RunOnceAsync(
        LoopSize size, bool isOneHung, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("deviceharness-bench-hung-").FullName;
        try
        {
            OrchestratorOptions options = new() { DataFolder = folder, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };
            await using OrchestratorHost orchestrator = await OrchestratorHost.StartAsync(options, cancellationToken);
            using GrpcChannel channel = GrpcChannel.ForAddress(orchestrator.Address);
            HarnessService.HarnessServiceClient client = new(channel);
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await using BareRig? hung = isOneHung ? await HangAsync(orchestrator.Address, client, cancellationToken) : null;
            Task stuck = hung is null ? Task.CompletedTask : FillTheLineAsync(client, hung.Name, ending.Token);
            int each = (size.WarmUp + size.Samples + Others - 1) / Others;
            List<(double Step, double Lease)>[] samples = await Task.WhenAll(Enumerable.Range(1, Others).Select(
                number => ExchangeAsync(orchestrator.Address, client, number, each, cancellationToken)));
            Verify.That(hung is null || !stuck.IsCompleted, "the hung rig was cut off, or answered");
            await ending.CancelAsync();
            await stuck;

            // By turns, as they came: what warms up is the first of every rig.
            return
            [
                .. Enumerable.Range(0, each).SelectMany(index => samples.Select(one => one[index]))
                    .Skip(size.WarmUp).Take(size.Samples),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<BareRig> HangAsync(
        string address, HarnessService.HarnessServiceClient client, CancellationToken cancellationToken)
    {
        BareRig rig = await BareRig.ConnectAsync(address, number: 0, cancellationToken);
        await SubmitAsync(client, rig.Name, cases: Ahead, cancellationToken);
        for (int lease = 0; lease < Ahead; lease++)
        {
            await rig.ReadLeaseAsync(cancellationToken);
        }

        return rig;
    }

    private static async Task FillTheLineAsync(
        HarnessService.HarnessServiceClient client, string rig, CancellationToken cancellationToken)
    {
        SendServiceRequestRequest large = new() { RequestXml = new string('x', LargeCharacters), Rig = rig };
        try
        {
            await client.SendServiceRequestAsync(large, cancellationToken: cancellationToken).ResponseAsync;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled)
        {
            // The measurement is over, and the rig hung to its end.
        }
    }

    private static async Task<List<(double Step, double Lease)>> ExchangeAsync(
        string address, HarnessService.HarnessServiceClient client, int number, int count, CancellationToken cancellationToken)
    {
        await using BareRig rig = await BareRig.ConnectAsync(address, number, cancellationToken);
        await SubmitAsync(client, rig.Name, count + Ahead + 1, cancellationToken);
        Queue<Lease> held = new();
        while (held.Count < Ahead)
        {
            held.Enqueue(await rig.ReadLeaseAsync(cancellationToken));
        }

        List<(double Step, double Lease)> samples = [];
        while (samples.Count < count)
        {
            Lease lease = held.Dequeue();
            AttemptStarted started = new()
            {
                CaseId = lease.CaseId,
                Title = "A case",
                Provenance = new Provenance { Route = Route.LocalSerial, Origin = Origin.Virtual },
            };
            await rig.SendAsync(lease, 1, new AttemptEvent { AttemptStarted = started }, cancellationToken);
            StepFinished result = new() { Index = 1, Name = "step 1", Verdict = Verdict.Passed, ServiceReferenceVariant = "7.4" };
            long begun = Stopwatch.GetTimestamp();
            await rig.SendAsync(lease, 2, new AttemptEvent { StepFinished = result }, cancellationToken);
            double step = Elapsed.MicrosecondsSince(begun);
            AttemptFinished finished = new() { Verdict = Verdict.Passed };
            begun = Stopwatch.GetTimestamp();
            Lease? next = await rig.SendAsync(lease, 3, new AttemptEvent { AttemptFinished = finished }, cancellationToken);
            held.Enqueue(next ?? await rig.ReadLeaseAsync(cancellationToken));
            samples.Add((step, Elapsed.MicrosecondsSince(begun)));
        }

        return samples;
    }

    private static async Task SubmitAsync(
        HarnessService.HarnessServiceClient client, string rig, int cases, CancellationToken cancellationToken)
    {
        int cycles = (cases + CasesOfAPack - 1) / CasesOfAPack;
        SubmitCyclesRequest request = new() { PackText = Pack, PackName = "hung.pack.yaml", Rig = rig, Cycles = cycles };
        await client.SubmitCyclesAsync(request, cancellationToken: cancellationToken).ResponseAsync;
    }

    private static string PackText()
    {
        StringBuilder text = new("""
            pack: many-cases
            title: Cases that only wait
            version: "1"
            kind: smoke
            owner: benchmarks
            budget: 60m
            purpose: Shows how soon results are kept and the next case is handed out.
            needs:
              esme: { type: ESME }
            cases:

            """);
        for (int number = 1; number <= CasesOfAPack; number++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                  - id: W-{number}
                    title: A case
                    device: esme
                    srv: 4.1.1
                    budget: 1m
                    steps:
                      - wait: 1ms
                """);
        }

        return text.ToString();
    }
}
