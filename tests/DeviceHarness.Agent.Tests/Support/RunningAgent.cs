using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.TestKit;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>An agent of a rig with one virtual meter, which nobody serves unless a test does.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    /// <summary>How long the step of <c>HELD</c> waits: until the test lets it go on.</summary>
    public static readonly TimeSpan HeldTime = TimeSpan.FromMinutes(10);

    public const string PackText = """
        pack: sample
        title: Cases that need no device
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows what an agent does with a lease.
        needs:
          esme: ESME
        cases:
          - id: QUICK
            title: ends by itself
            device: esme
            srv: "7.4"
            steps:
              - wait: 1ms
          - id: HELD
            title: ends when the test says so
            device: esme
            srv: "7.4"
            budget: 30m
            steps:
              - wait: 10m
        """;

    private readonly CancellationTokenSource _stop = new();

    private RunningAgent(string dataFolder, string server, TimeProvider time, ChannelFactory channels, string rig)
    {
        AgentOptions options = new()
        {
            Rig = RigConfigurationReader.Parse(rig, Path.Combine(RepositoryRoot.Path, "rig.yaml")),
            DataFolder = dataFolder,
            FindServer = () => server,
            OpenChannel = channels.Open,
        };
        Ended = Task.Run(() => AgentHost.RunAsync(options, time, NullLoggerFactory.Instance, _stop.Token));
        JournalPath = Path.Combine(dataFolder, "agent", options.Rig.Name, "journal");
    }

    public Task Ended { get; }

    public string JournalPath { get; }

    public string[] JournalFiles => Directory.GetFiles(JournalPath);

    public static RunningAgent Start(
        string dataFolder, string server, TimeProvider? time = null, ChannelFactory? channels = null,
        string rig = BenchFolder.RigText) =>
        new(dataFolder, server, time ?? TimeProvider.System, channels ?? ChannelFactory.Cleartext, rig);

    public static Lease LeaseOf(string caseId, long number = 1, string pack = PackText) => new()
    {
        LeaseNumber = number,
        ExecutionId = $"execution-{number}",
        Attempt = 1,
        PackName = "sample",
        PackHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pack))),
        PackText = ByteString.CopyFromUtf8(pack),
        CaseId = caseId,
        Seed = 1,
        Devices = { Row() },
    };

    public static Device Row() => new()
    {
        Id = "esme-01",
        DeviceType = "ESME",
        Eui64 = "90-B3-D5-1F-30-00-00-A0",
        Status = "Commissioned",
        FirmwareVersion = "4.2.0",
        Smets1 = true,
    };

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Ended.DefaultTimeout();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)Task.WhenAny(Ended)).DefaultTimeout();
        _stop.Dispose();
    }
}
