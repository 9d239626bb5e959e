using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Orchestrator;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Benchmarks.Bench;

/// <summary>How long does an agent take from its start to ready, and how much memory does it hold idle with eight open ports?</summary>
/// <remarks>The agent is a process of its own, as the service starts it, and says that it is ready to the service manager's socket, which
/// is ours. Orchestrator and eight virtual meters are in this process. Memory is the resident set two seconds after the agent is connected,
/// the runtime's shared pages included.</remarks>
internal sealed class AgentStart : ILatencyLoop
{
    private const int Ports = 8;
    private const string Rig = "eight-ports";

    // A start costs half a second of a processor: the smoke run makes one.
    private const int SamplesOfAStart = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    private static readonly string Program = Fixtures.FilePath(
        Path.Combine("src", "DeviceHarness.Cli", "bin", "Release", "net10.0", "harness.dll"));

    /// <inheritdoc/>
    public string Name => "agent-start";

    /// <inheritdoc/>
    public string Asks =>
        "how long does an agent take to be ready, and how much memory does it hold idle with eight ports? Target: 0.4 s, 120 MB";

    /// <inheritdoc/>
    public LoopSize StandardSize => new(Samples: 20 * SamplesOfAStart, WarmUp: 0);

    /// <inheritdoc/>
    public async Task<Measurement> RunAsync(LoopSize size, CancellationToken cancellationToken)
    {
        Verify.That(File.Exists(Program), $"{Program} is not there: build it first, by dotnet build src/DeviceHarness.Cli -c Release");
        string folder = Directory.CreateTempSubdirectory("deviceharness-bench-agent-").FullName;
        string file = Path.Combine(folder, "rig.yaml");
        await File.WriteAllTextAsync(file, RigText(), cancellationToken);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task bench = Task.Run(
            () => VirtualBenchHost.RunAsync(
                RigConfigurationReader.Read(file), folder, [], _ => ready.SetResult(), TimeProvider.System, NullLoggerFactory.Instance,
                stop.Token),
            cancellationToken);
        await ready.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        OrchestratorOptions options = new() { DataFolder = folder, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };
        OrchestratorHost orchestrator = await OrchestratorHost.StartAsync(options, cancellationToken);
        try
        {
            Measurement measurement = new("ready_ms", "idle_mb");
            for (int start = 0; start < Math.Max(1, size.Samples / SamplesOfAStart); start++)
            {
                (double readyMs, double idleMb) = await StartAsync(file, folder, orchestrator.Address, cancellationToken);
                measurement.Add(readyMs, idleMb);
            }

            return measurement;
        }
        finally
        {
            await orchestrator.DisposeAsync();
            await stop.CancelAsync();
            await bench.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(double ReadyMs, double IdleMb)> StartAsync(
        string file, string folder, string server, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "notify");
        File.Delete(path);
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        ProcessStartInfo start = new(
            "dotnet",
            [
                Program, "agent", "--rig-config", file, "--profiles", Fixtures.FilePath(Path.Combine("rigs", "profiles")),
                "--data", folder, "--server", server,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NOTIFY_SOCKET"] = path;
        long started = Stopwatch.GetTimestamp();
        using Process agent = Process.Start(start)!;
        try
        {
            await ReadUntilAsync(socket, "READY=1", cancellationToken);
            double readyMs = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            await ReadUntilAsync(socket, "STATUS=connected", cancellationToken);
            await Task.Delay(Idle, TimeProvider.System, cancellationToken);
            int open = Directory.EnumerateFileSystemEntries($"/proc/{agent.Id}/fd")
                .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("/dev/pts/", StringComparison.Ordinal) == true);
            Verify.That(open >= Ports, $"{open} ports are open");
            return (readyMs, ResidentMegabytes(agent.Id));
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync(cancellationToken);
        }
    }

    private static async Task ReadUntilAsync(Socket socket, string wanted, CancellationToken cancellationToken)
    {
        byte[] message = new byte[512];
        string told;
        do
        {
            int count = await socket.ReceiveAsync(message, cancellationToken).AsTask()
                .WaitAsync(Patience, TimeProvider.System, cancellationToken);
            told = Encoding.UTF8.GetString(message, 0, count);
        }
        while (!told.StartsWith(wanted, StringComparison.Ordinal));
    }

    private static double ResidentMegabytes(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        string kibibytes = line["VmRSS:".Length..].Replace("kB", string.Empty, StringComparison.Ordinal).Trim();
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }

    private static string RigText()
    {
        StringBuilder text = new($"rig: {Rig}\nusers: {{ IS: 90-B3-D5-1F-30-01-00-01 }}\ndevices:\n");
        for (int number = 1; number <= Ports; number++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                  esme-{{number:00}}:
                    type: ESME
                    eui64: 90-B3-D5-1F-30-00-01-{{number:X2}}
                    firmware: "4.2.0"
                    profile: generic-smets1-esme
                    link: { via: virtual, model: {{Fixtures.FilePath("rigs/virtual/esme.yaml")}}, paced: false }

                """);
        }

        return text.ToString();
    }
}
