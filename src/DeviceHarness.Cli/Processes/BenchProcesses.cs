using System.Globalization;
using System.Text.Json;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using Grpc.Core;

namespace DeviceHarness.Cli.Processes;

/// <summary>Orchestrator, virtual bench and rig agent as three processes on loopback, with a data folder of their own.</summary>
internal sealed class BenchProcesses : IAsyncDisposable
{
    private readonly List<ChildProcess> _children = [];

    private BenchProcesses(string runFolder) => RunFolder = runFolder;

    /// <summary>The folder of the run: data, logs, reports.</summary>
    public string RunFolder { get; }

    /// <summary>The orchestrator's address.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>A new folder under <c>./runs</c>.</summary>
    public static string NewRunFolder()
    {
        string name = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string folder = Path.GetFullPath(Path.Combine("runs", name));
        for (int twin = 2; Directory.Exists(folder); twin++)
        {
            folder = Path.GetFullPath(Path.Combine("runs", $"{name}-{twin}"));
        }

        DataFolder.Create(folder);
        return folder;
    }

    /// <summary>Starts the three and waits until the agent is connected.</summary>
    /// <param name="runFolder">The folder of the run.</param>
    /// <param name="rigConfig">The rig file.</param>
    /// <param name="defects">Defects to plant in the virtual bench, or in the simulated service.</param>
    /// <param name="clockScale">How fast the bench's time runs; null as the rig file says.</param>
    /// <param name="cancellationToken">Ends the start; what runs is stopped.</param>
    public static async Task<BenchProcesses> StartAsync(
        string runFolder, string rigConfig, IReadOnlyList<string> defects, int? clockScale, CancellationToken cancellationToken)
    {
        PlantedDefect.Check(ClockReader.With(RigConfigurationReader.Read(rigConfig), clockScale), defects);
        string[] scale = clockScale is { } times ? ["--clock-scale", times.ToString(CultureInfo.InvariantCulture)] : [];
        BenchProcesses processes = new(runFolder);
        try
        {
            string data = Path.Combine(runFolder, "data");

            // A run of one bench ends with what it found there: nobody would come to let the bench work again.
            ChildProcess orchestrator = processes.Add(
                "orchestrator", ["orchestrator", "--listen", "127.0.0.1:0", "--data", data, "--quarantine-after", "0", "--json"]);
            ChildProcess bench = processes.Add(
                "bench",
                [
                    "bench", "up", "--rig-config", rigConfig, "--data", data, "--json", .. scale,
                    .. defects.Where(defect => !PlantedDefect.IsOfService(defect)).SelectMany(defect => (string[])["--defect", defect]),
                ]);
            JsonElement ready = await orchestrator.WaitForEventAsync("ready", cancellationToken).ConfigureAwait(false);
            processes.Address = ready.GetProperty("address").GetString()!;
            await bench.WaitForEventAsync("ready", cancellationToken).ConfigureAwait(false);
            ChildProcess agent = processes.Add(
                "agent",
                [
                    "agent", "--rig-config", rigConfig, "--data", data, "--server", processes.Address, "--json", .. scale,
                    .. defects.Where(PlantedDefect.IsOfService).SelectMany(defect => (string[])["--service-defect", defect]),
                ]);
            await agent.WaitForEventAsync("connected", cancellationToken).ConfigureAwait(false);
            return processes;
        }
        catch
        {
            await processes.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Does work that needs the three, for as long as they all live.</summary>
    /// <param name="work">The work; its token fires when one of the three ends.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CommandException">One of the three ended: which, how, and the end of its log.</exception>
    public async Task<int> WhileUpAsync(Func<CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<int> working = work(stop.Token);
        Dictionary<Task, ChildProcess> ends = _children.ToDictionary(child => child.WaitForEndAsync(stop.Token));
        Task first = await Task.WhenAny([working, .. ends.Keys]).ConfigureAwait(false);
        bool hasLost = first != working && !cancellationToken.IsCancellationRequested;
        await stop.CancelAsync().ConfigureAwait(false);
        try
        {
            int code = await working.ConfigureAwait(false);
            if (!hasLost)
            {
                return code;
            }
        }
        catch (Exception exception)
            when (hasLost && exception is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            // The end of the process is why.
        }

        throw await ends[first].ToExceptionAsync("while it was needed").ConfigureAwait(false);
    }

    /// <summary>Stops the agent, then the bench, then the orchestrator.</summary>
    public async ValueTask DisposeAsync()
    {
        for (int index = _children.Count - 1; index >= 0; index--)
        {
            await _children[index].DisposeAsync().ConfigureAwait(false);
        }

        _children.Clear();
    }

    private ChildProcess Add(string name, IReadOnlyList<string> arguments)
    {
        ChildProcess child = ChildProcess.Start(name, RunFolder, arguments);
        _children.Add(child);
        return child;
    }
}
