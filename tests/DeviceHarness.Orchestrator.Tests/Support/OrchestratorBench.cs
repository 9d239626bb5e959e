using System.Net;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Store;
using DeviceHarness.Store.Sqlite;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Data.Sqlite;
using LeasePolicy = DeviceHarness.Assurance.Cycles.LeasePolicy;
using TestBound = DeviceHarness.TestKit.TaskExtensions;

namespace DeviceHarness.Orchestrator.Tests.Support;

/// <summary>An orchestrator on a new data folder and a free port, with a clock that the test moves. It hands out one lease at a time
/// unless a test asks for more.</summary>
internal sealed class OrchestratorBench : IAsyncDisposable
{
    private GrpcChannel? _channel;

    private OrchestratorBench(Func<OrchestratorOptions, OrchestratorOptions>? adjust)
    {
        Folder = Directory.CreateTempSubdirectory("orchestrator-").FullName;
        Options = new OrchestratorOptions
        {
            DataFolder = Folder,
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Time = Time,
            Leases = new LeasePolicy { Depth = 1 },
        };
        Options = adjust?.Invoke(Options) ?? Options;
    }

    public string Folder { get; }

    public ManualTimeProvider Time { get; } = new();

    public OrchestratorOptions Options { get; }

    public OrchestratorHost Host { get; private set; } = null!;

    public HarnessService.HarnessServiceClient Client { get; private set; } = null!;

    public static async Task<OrchestratorBench> StartAsync(Func<OrchestratorOptions, OrchestratorOptions>? adjust = null)
    {
        OrchestratorBench bench = new(adjust);
        await bench.OpenAsync();
        return bench;
    }

    /// <summary>Stops the orchestrator and starts another on the same data folder.</summary>
    /// <param name="between">What is in the store when the other starts, beyond what the first one left there.</param>
    public async Task RestartAsync(Func<IHarnessStore, Task>? between = null)
    {
        await CloseAsync();
        if (between is not null)
        {
            string file = Path.Combine(Folder, OrchestratorHost.StoreFileName);
            await using SqliteHarnessStore store =
                await SqliteHarnessStore.OpenAsync(file, Options.Leases, CancellationToken.None).DefaultTimeout();
            await between(store);
        }

        await OpenAsync();
    }

    public Task<ScriptedRig> ConnectAsync(Hello? hello = null, string? portFault = null, bool answersHealthChecks = true) =>
        ScriptedRig.ConnectAsync(Host.Address, hello ?? Samples.Hello(), portFault, answersHealthChecks);

    /// <summary>Submits cycles of a pack with those cases that end by a stop rule.</summary>
    public async Task<IReadOnlyList<string>> SubmitAsync(StopRule rule, int cycles, params string[] cases)
    {
        SubmitCyclesRequest request = new() { PackText = Samples.Pack(cases), Rig = Samples.Rig, Cycles = cycles, StopOn = { rule } };
        return (await Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout()).CycleIds;
    }

    /// <summary>Submits one cycle of a pack with those cases that other rigs may take over.</summary>
    public async Task<string> SubmitAsync(string[] spareRigs, params string[] cases)
    {
        SubmitCyclesRequest request = new() { PackText = Samples.Pack(cases), Rig = Samples.Rig, Cycles = 1, SpareRigs = { spareRigs } };
        return (await Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout()).CycleIds.Single();
    }

    /// <summary>Submits one cycle of a pack with those cases; a case with an exclamation mark is unsafe to repeat.</summary>
    public async Task<string> SubmitAsync(params string[] cases)
    {
        SubmitCyclesReply reply = await Client.SubmitCyclesAsync(
            new SubmitCyclesRequest { PackText = Samples.Pack(cases), Rig = Samples.Rig, Cycles = 1 }).ResponseAsync.DefaultTimeout();
        return reply.CycleIds.Should().ContainSingle().Subject;
    }

    public Task<CycleDetail> GetAsync(string cycleId) =>
        Client.GetCycleAsync(new GetCycleRequest { CycleId = cycleId }).ResponseAsync.DefaultTimeout();

    /// <summary>Watches a cycle to its end.</summary>
    public async Task<CycleDetail> WaitForEndAsync(string cycleId)
    {
        using AsyncServerStreamingCall<CycleUpdate> watch = Client.WatchCycle(new WatchCycleRequest { CycleId = cycleId });
        while (await watch.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout())
        {
        }

        return await GetAsync(cycleId);
    }

    public async Task<Rig> ShowRigAsync(string name = Samples.Rig) =>
        (await Client.ListRigsAsync(new ListRigsRequest()).ResponseAsync.DefaultTimeout()).Rigs.Single(rig => rig.Name == name);

    /// <summary>Asks until the rig is shown in that health: reports are worked through by themselves.</summary>
    public async Task<Rig> ShowRigWhenAsync(string health, string name = Samples.Rig)
    {
        using CancellationTokenSource bound = new(TestBound.Bound);
        while (true)
        {
            Rig rig = await ShowRigAsync(name);
            if (rig.Health.Contains(health, StringComparison.Ordinal))
            {
                return rig;
            }

            bound.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Moves the clock, and looks for what only time changes.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Host.SweepAsync(CancellationToken.None).DefaultTimeout();
    }

    /// <summary>How many events the store holds, read from the file itself.</summary>
    public long CountStored(string table)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(Folder, OrchestratorHost.StoreFileName)};Mode=ReadOnly");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = table == "event" ? "SELECT count(*) FROM event" : "SELECT count(*) FROM step";
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        Host = await OrchestratorHost.StartAsync(Options, CancellationToken.None).DefaultTimeout();
        _channel = GrpcChannel.ForAddress(Host.Address);
        Client = new HarnessService.HarnessServiceClient(_channel);
    }

    private async Task CloseAsync()
    {
        _channel?.Dispose();
        await Host.DisposeAsync().AsTask().DefaultTimeout();
    }
}
