using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A data folder with a rig of one unpaced virtual meter, and the bench that serves it while a test wants it.</summary>
internal sealed class BenchFolder : IDisposable
{
    public const string RigText = """
        rig: test-rig
        users:
          IS: 90-B3-D5-1F-30-01-00-01
          OU: 90-B3-D5-1F-30-01-00-04
        devices:
          esme-01:
            type: ESME
            eui64: 90-B3-D5-1F-30-00-00-A0
            firmware: "4.2.0"
            profile: generic-smets1-esme
            link: { via: virtual, model: rigs/virtual/esme.yaml, paced: false }
            overrides: { response-timeout: 60s, retries: 1 }
        """;

    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public string Port => System.IO.Path.Combine(Path, "bench", "test-rig", "esme-01");

    public RigConfiguration Rig { get; init; } = Parse(RigText);

    public static RigConfiguration Parse(string text) =>
        RigConfigurationReader.Parse(text, System.IO.Path.Combine(RepositoryRoot.Path, "rig.yaml"));

    public RigBench OpenBench(TimeProvider? time = null, params string[] serviceDefects) => new(
        Rig, serviceDefects, Path, System.IO.Path.Combine(RepositoryRoot.Path, "rigs", "profiles"), time ?? TimeProvider.System,
        NullLogger.Instance);

    /// <summary>A bench that keeps an undo ledger.</summary>
    public RigBench OpenBench(IJournalStorage undo) => new(
        Rig, [], Path, System.IO.Path.Combine(RepositoryRoot.Path, "rigs", "profiles"), TimeProvider.System, NullLogger.Instance,
        undo: undo);

    public Task<ServedBench> ServeAsync(params string[] defects) => ServeAsync(Rig, defects);

    /// <summary>Serves other devices at the same ports.</summary>
    public async Task<ServedBench> ServeAsync(RigConfiguration rig, params string[] defects)
    {
        ServedBench bench = new(rig, Path, defects);
        await bench.Ready.DefaultTimeout();
        return bench;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A virtual bench that runs until it is disposed of.</summary>
    internal sealed class ServedBench : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource<IReadOnlyList<VirtualPort>> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _running;

        public ServedBench(RigConfiguration rig, string path, IReadOnlyList<string> defects)
        {
            _running = Task.Run(() => VirtualBenchHost.RunAsync(
                rig, path, defects, _ready.SetResult, TimeProvider.System, NullLoggerFactory.Instance, _stop.Token));
            Ready = ReadyAsync();
        }

        public Task<IReadOnlyList<VirtualPort>> Ready { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.DefaultTimeout();
            _stop.Dispose();
        }

        private async Task<IReadOnlyList<VirtualPort>> ReadyAsync()
        {
            if (await Task.WhenAny(_running, _ready.Task) == _running)
            {
                await _running;
            }

            return await _ready.Task;
        }
    }
}
