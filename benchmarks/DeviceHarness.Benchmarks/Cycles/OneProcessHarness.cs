using System.Diagnostics;
using System.Net;
using DeviceHarness.Agent;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator;
using DeviceHarness.Store.Sqlite;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Benchmarks.Cycles;

/// <summary>Orchestrator, agent and virtual bench in one process, on loopback gRPC, a real store and real journals.</summary>
internal sealed class OneProcessHarness : IAsyncDisposable
{
    /// <summary>The rig's name.</summary>
    public const string Rig = "bench-rig";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("deviceharness-bench-cycles-").FullName;
    private OrchestratorHost _orchestrator = null!;
    private GrpcChannel _channel = null!;
    private Task _bench = Task.CompletedTask;
    private Task _agent = Task.CompletedTask;

    private OneProcessHarness()
    {
    }

    /// <summary>Asks the orchestrator as a client does.</summary>
    public HarnessService.HarnessServiceClient Client { get; private set; } = null!;

    /// <summary>The rig file of one unpaced virtual meter.</summary>
    public static RigConfiguration RigFile { get; } = RigConfigurationReader.Parse(
        $$"""
        rig: {{Rig}}
        users:
          IS: 90-B3-D5-1F-30-01-00-01
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme.yaml, paced: false }
        """,
        Fixtures.FilePath("rig.yaml"));

    /// <summary>Starts all three and waits until the rig is healthy.</summary>
    public static async Task<OneProcessHarness> StartAsync(CancellationToken cancellationToken)
    {
        OneProcessHarness harness = new();
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        harness._bench = Task.Run(
            () => VirtualBenchHost.RunAsync(
                RigFile, harness._folder, [], _ => ready.SetResult(), TimeProvider.System, NullLoggerFactory.Instance, harness._stop.Token),
            cancellationToken);
        await ready.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        harness._orchestrator = await OrchestratorHost.StartAsync(
            new OrchestratorOptions { DataFolder = harness._folder, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) }, cancellationToken);
        AgentOptions options = new()
        {
            Rig = RigFile,
            DataFolder = harness._folder,
            ProfilesFolder = Fixtures.FilePath(Path.Combine("rigs", "profiles")),
            FindServer = () => harness._orchestrator.Address,
        };
        harness._agent = Task.Run(
            () => AgentHost.RunAsync(options, TimeProvider.System, NullLoggerFactory.Instance, harness._stop.Token), cancellationToken);
        harness._channel = GrpcChannel.ForAddress(harness._orchestrator.Address);
        harness.Client = new HarnessService.HarnessServiceClient(harness._channel);
        await harness.WaitForRigAsync(cancellationToken);
        return harness;
    }

    /// <summary>Submits one cycle of a pack.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> SubmitAsync(string pack, CancellationToken cancellationToken)
    {
        SubmitCyclesRequest request = new() { PackText = pack, PackName = "bench.pack.yaml", Rig = Rig, Cycles = 1 };
        return (await Client.SubmitCyclesAsync(request, cancellationToken: cancellationToken).ResponseAsync).CycleIds.Single();
    }

    /// <summary>Watches a cycle to its end.</summary>
    /// <param name="cycle">The cycle.</param>
    /// <param name="seen">Told of each update at once.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task WatchAsync(string cycle, Action<CycleUpdate> seen, CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<CycleUpdate> watch =
            Client.WatchCycle(new WatchCycleRequest { CycleId = cycle }, cancellationToken: cancellationToken);
        while (await watch.ResponseStream.MoveNext(cancellationToken))
        {
            seen(watch.ResponseStream.Current);
        }
    }

    /// <summary>Opens the store beside the orchestrator, to read what it keeps.</summary>
    public Task<SqliteHarnessStore> OpenStoreAsync(CancellationToken cancellationToken) =>
        SqliteHarnessStore.OpenAsync(Path.Combine(_folder, OrchestratorHost.StoreFileName), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _agent;
        _channel.Dispose();
        await _orchestrator.DisposeAsync();
        await _bench;
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitForRigAsync(CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        while (true)
        {
            ListRigsReply reply = await Client.ListRigsAsync(new ListRigsRequest(), cancellationToken: cancellationToken).ResponseAsync;
            if (reply.Rigs.Any(rig => rig.Health == "healthy"))
            {
                return;
            }

            Verify.That(Stopwatch.GetElapsedTime(begun) < Patience, $"the rig did not become healthy: {reply}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
    }
}
