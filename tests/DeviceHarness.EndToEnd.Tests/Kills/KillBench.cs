using System.Net;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>A bench, an orchestrator and an agent as processes, with everything between them in the test's hand. The meter's own log is a
/// file that its process only appends to, each command before its answer, so it goes on where a killed bench left it; what a bench was
/// killed over may lack there, so the line, which the test itself keeps, counts what was asked.</summary>
internal sealed class KillBench : IAsyncDisposable
{
    /// <summary>The rig's name.</summary>
    public const string Rig = "kill-rig";

    private const string Device = "esme-01";
    private const string ControlName = "control.address";
    private const int Kill = 9;
    private const int Terminate = 15;

    // Far more than a cycle takes on a machine that stalls; reached only when something hangs.
    private static readonly TimeSpan EndBound = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly string _folder = Directory.CreateTempSubdirectory("harness-kills-").FullName;
    private HarnessProcess _bench = null!;
    private HarnessProcess? _orchestrator;
    private HarnessProcess? _agent;
    private GrpcChannel? _channel;

    private KillBench()
    {
    }

    /// <summary>What happened at the meter.</summary>
    public CommandLog Commands { get; private set; } = null!;

    /// <summary>Between agent and orchestrator.</summary>
    public TcpRelay Relay { get; } = new();

    /// <summary>Between agent and meter.</summary>
    public PluggableLine Line { get; private set; } = null!;

    /// <summary>The orchestrator's data folder.</summary>
    public string OrchestratorData => Path.Combine(_folder, "orchestrator");

    /// <summary>The agent's data folder.</summary>
    public string AgentData => Path.Combine(_folder, "agent");

    /// <summary>The folder of the agent's journals.</summary>
    public string JournalFolder => Path.Combine(AgentData, "agent", Rig, "journal");

    /// <summary>What the processes said, for a message.</summary>
    public string Said => $"orchestrator: {_orchestrator?.Error}\nagent: {_agent?.Error}\nbench: {_bench.Error}";

    /// <summary>The file with the address where the bench is told what to do, which the agent finds in its own folder.</summary>
    public string BenchControl => Path.Combine(BenchData, "bench", Rig, ControlName);

    /// <summary>The same file as the agent looks for it.</summary>
    public string AgentBenchControl => Path.Combine(AgentData, "bench", Rig, ControlName);

    /// <summary>The folder of the agent's undo ledger.</summary>
    public string UndoFolder => Path.Combine(AgentData, "agent", Rig, "undo");

    private string BenchData => Path.Combine(_folder, "bench");

    private string RigFile => Path.Combine(_folder, "rig.yaml");

    /// <summary>Starts the three processes.</summary>
    /// <param name="prepare">Done before orchestrator and agent start; null for nothing.</param>
    /// <param name="power">What the rig file says of its supply; empty for nothing.</param>
    public static async Task<KillBench> StartAsync(Func<KillBench, Task>? prepare = null, string power = "")
    {
        KillBench bench = new();
        await File.WriteAllTextAsync(bench.RigFile, $$"""
            rig: {{Rig}}
            users:
              IS: 90-B3-D5-1F-30-01-00-01
            devices:
              {{Device}}:
                type: ESME
                eui64: 90-B3-D5-1F-30-00-00-A0
                firmware: "4.2.0"
                profile: generic-smets1-esme
                link: { via: virtual, model: {{RepositoryRoot.Path}}/rigs/virtual/esme.yaml, paced: false }
                overrides: { response-timeout: 5s, retries: 1 }
            {{power}}
            """);
        await bench.StartBenchAsync();
        bench.Commands = new CommandLog(Path.Combine(bench.BenchData, "bench", Rig, "commands.jsonl"));
        bench.Line = new PluggableLine(
            Path.Combine(bench.BenchData, "bench", Rig, Device), Path.Combine(bench.AgentData, "bench", Rig, Device));
        Directory.CreateDirectory(bench.OrchestratorData);
        Directory.CreateDirectory(bench.JournalFolder);
        if (prepare is not null)
        {
            await prepare(bench);
        }

        await bench.StartOrchestratorAsync();
        bench.StartAgent();
        await bench._agent!.WaitForLineAsync("is connected to");
        return bench;
    }

    public async Task StartOrchestratorAsync()
    {
        _orchestrator = HarnessProcess.Start(
            _folder, "orchestrator", "--listen", "127.0.0.1:0", "--data", OrchestratorData);
        string line = await _orchestrator.WaitForLineAsync("orchestrator at");
        string address = line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(';');
        _channel?.Dispose();
        _channel = GrpcChannel.ForAddress(address);
        Relay.Target = IPEndPoint.Parse(new Uri(address).Authority);
    }

    public void StartAgent() => _agent = HarnessProcess.Start(
        _folder, "agent", "--rig-config", RigFile, "--data", AgentData, "--server", Relay.Address, "--profiles",
        Path.Combine(RepositoryRoot.Path, "rigs", "profiles"));

    public async Task KillOrchestratorAsync()
    {
        Relay.Target = null;
        await KillAsync(_orchestrator);
    }

    /// <summary>Kills the bench; the agent is hung up on, and finds no port.</summary>
    public Task KillBenchAsync() => Line.LoseMeterAsync(() => KillAsync(_bench));

    /// <summary>Starts a killed bench again, and plugs the agent's line into it.</summary>
    public async Task RestartBenchAsync()
    {
        await StartBenchAsync();
        Line.FindMeter();
    }

    public Task WaitForAgentLineAsync(string part) => _agent!.WaitForLineAsync(part);

    public Task WaitForOrchestratorLineAsync(string part) => _orchestrator!.WaitForLineAsync(part);

    public Task KillAgentAsync() => KillAsync(_agent);

    /// <summary>Stops the agent as a service manager does: it ends its case and declines what waits.</summary>
    public async Task StopAgentAsync()
    {
        _agent!.Signal(Terminate);
        await _agent.WaitForExitAsync();
    }

    /// <summary>Submits one cycle.</summary>
    /// <param name="packText">The pack; null for that of the kills.</param>
    /// <param name="only">The case to run; null for all.</param>
    public async Task<string> SubmitAsync(string? packText = null, string? only = null)
    {
        SubmitCyclesRequest request = new()
        {
            PackText = packText ?? KillPack.Text,
            PackName = "kills.pack.yaml",
            Rig = Rig,
            Cycles = 1,
        };
        request.Only.AddRange(only is null ? [] : [only]);
        SubmitCyclesReply reply = await Client().SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout();
        return reply.CycleIds.Single();
    }

    /// <summary>Asks until a cycle has ended, whether or not the orchestrator is there meanwhile.</summary>
    public Task<CycleDetail> WaitForEndAsync(string cycle) => AskUntilAsync(
        client => client.GetCycleAsync(new GetCycleRequest { CycleId = cycle }).ResponseAsync,
        HasEnded,
        cycle);

    /// <summary>Whether a cycle is known to have ended; false while nobody can tell.</summary>
    public async Task<bool> HasEndedAsync(string cycle)
    {
        try
        {
            CycleDetail detail = await Client().GetCycleAsync(new GetCycleRequest { CycleId = cycle }).ResponseAsync.DefaultTimeout();
            return HasEnded(detail);
        }
        catch (RpcException)
        {
            return false;
        }
    }

    /// <summary>Waits for something that shows itself outside the processes.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        using CancellationTokenSource bound = new(EndBound);
        while (!isSo())
        {
            if (bound.IsCancellationRequested)
            {
                throw new TimeoutException($"{what}\n{Said}");
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>Asks until the rig is shown in that health.</summary>
    public async Task<Rig> WaitForHealthAsync(string health) => (await AskUntilAsync(
        client => client.ListRigsAsync(new ListRigsRequest()).ResponseAsync,
        reply => reply.Rigs.Any(rig => rig.Health.Contains(health, StringComparison.Ordinal)),
        health)).Rigs.Single();

    /// <summary>Waits until the agent holds nothing any more that the orchestrator did not acknowledge.</summary>
    public async Task WaitForEmptyJournalAsync()
    {
        using CancellationTokenSource bound = new(EndBound);
        while (Directory.EnumerateFiles(JournalFolder, "*.journal").Any())
        {
            await Task.Delay(Poll, TimeProvider.System, bound.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await KillAsync(_agent);
        await KillAsync(_orchestrator);
        await Line.DisposeAsync();
        await Relay.DisposeAsync();
        await _bench.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartBenchAsync()
    {
        _bench = HarnessProcess.Start(_folder, "bench", "up", "--rig-config", RigFile, "--data", BenchData);
        await _bench.WaitForLineAsync("serving until Ctrl-C");
    }

    private static async Task KillAsync(HarnessProcess? process)
    {
        if (process is { HasExited: false })
        {
            process.Signal(Kill);
            await process.WaitForExitAsync();
        }
    }

    private static bool HasEnded(CycleDetail detail) =>
        detail.Cycle.State is CycleState.Complete or CycleState.Incomplete or CycleState.Void;

    private HarnessService.HarnessServiceClient Client() => new(_channel!);

    private async Task<T> AskUntilAsync<T>(
        Func<HarnessService.HarnessServiceClient, Task<T>> ask, Predicate<T> isIt, string what)
    {
        using CancellationTokenSource bound = new(EndBound);
        string last = "no answer";
        while (!bound.IsCancellationRequested)
        {
            try
            {
                T reply = await ask(Client()).DefaultTimeout();
                if (isIt(reply))
                {
                    return reply;
                }

                last = reply!.ToString()!;
            }
            catch (RpcException exception)
            {
                last = exception.Status.Detail;
            }

            await Task.Delay(Poll, TimeProvider.System, CancellationToken.None);
        }

        throw new TimeoutException($"{what}: {last}\n{Said}");
    }
}
