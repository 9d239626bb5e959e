using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Lines;
using DeviceHarness.Transports.Faulty;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The default rig as an agent has it, with its virtual meters in the same process at the far ends of lines with faults. Time
/// jumps from time-out to time-out, so no wait takes any.</summary>
internal sealed class FaultyRig : IAsyncDisposable
{
    private const ulong OpeningsOfASeed = 1_000_000;

    private readonly PackRunner _runner = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly Dictionary<string, VirtualEsme> _meters;
    private readonly Dictionary<string, Serving> _serving = [];
    private readonly RigBench _bench;
    private readonly string _faults;
    private ulong _nextSeed;
    private int _struck;

    /// <summary>Puts the meters on their lines.</summary>
    /// <param name="folder">The agent's data folder.</param>
    /// <param name="faults">The plan of each line, without its seed.</param>
    /// <param name="seed">The seed of all lines: each opening of each has its own from it.</param>
    /// <param name="defects">What is planted in the meter under test.</param>
    /// <param name="file">The rig file below the repository's root; null for the one that is there.</param>
    public FaultyRig(string folder, string faults, int seed, EsmeDefects defects = EsmeDefects.None, string? file = null)
    {
        RigConfiguration rig = file is null ? Rig : RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, file));
        string models = Path.Combine(RepositoryRoot.Path, Path.GetDirectoryName(file) ?? string.Empty);
        _faults = faults;
        _nextSeed = (ulong)seed * OpeningsOfASeed;
        _meters = rig.Devices.ToDictionary(device => device.Id.Value, device => new VirtualEsme(
            device.Id.Value, EsmeModelReader.ReadFile(Path.Combine(models, device.Link.Model)), _clock));
        _meters[rig.Devices[0].Id.Value].Defects |= defects;
        _bench = new RigBench(
            rig, [], folder, Path.Combine(RepositoryRoot.Path, "rigs", "profiles"), _clock, NullLogger.Instance, OpenAsync);
    }

    /// <summary>The rig file: the one at the repository's root.</summary>
    public static RigConfiguration Rig { get; } = RigConfigurationReader.Read(Path.Combine(RepositoryRoot.Path, "rig-config.yaml"));

    /// <summary>How many faults were done so far.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>Runs one attempt at a case, noted nowhere unless a journal is given.</summary>
    public Task<AttemptResult> RunAsync(TestPack pack, TestCase testCase, IAttemptJournal? journal = null) => _runner.RunCaseAsync(
        pack, testCase, _bench, journal ?? new NoJournal(), new RunOptions { Time = _clock }, CancellationToken.None).DefaultTimeout();

    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync();
        foreach (Serving serving in _serving.Values)
        {
            await serving.DisposeAsync();
        }
    }

    /// <summary>Plugs the meter into a new line; a line that hung up stays dead, as a pseudo-terminal does.</summary>
    private async ValueTask<DevicePort> OpenAsync(
        RigDevice device, string port, TimeProvider time, CancellationToken cancellationToken)
    {
        string name = device.Id.Value;
        if (_serving.Remove(name, out Serving? before))
        {
            await before.DisposeAsync();
        }

        MemoryTransportPair pair = MemoryTransportPair.Create(name);
        LockstepLine line = new(pair.Near, pair.Far, _clock);
        string seed = string.Create(CultureInfo.InvariantCulture, $"seed={_nextSeed++}");

        // One stage at each end, on what that end receives: held octets wait there by the line's own clock.
        FaultyTransport near = new(line.Near, Plan($"{seed},{_faults},only=from"), _clock, log: Count);
        FaultyTransport far = new(line.Far, Plan($"{seed},{_faults},only=to"), _clock, isDeviceEnd: true, Count);
        _serving[name] = new Serving(_meters[name], far);
        return new DevicePort(near, name, new AdapterLatency(null, IsLow: false, "memory"), () => true)
        {
            Clock = _clock,
            ListenInterval = null,
        };
    }

    private void Count(FaultRecord fault) => Interlocked.Increment(ref _struck);

    private static FaultPlan Plan(string text)
    {
        FaultPlan.TryParse(text, out FaultPlan plan, out string problem).Should().BeTrue(problem);
        return plan;
    }

    /// <summary>A meter on the far end of one line, until the line is gone.</summary>
    private sealed class Serving : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly FaultyTransport _line;
        private readonly Task _pump;

        public Serving(VirtualEsme meter, FaultyTransport line)
        {
            _line = line;
            _pump = ServeAsync(meter);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _line.DisposeAsync();
            await _pump.DefaultTimeout();
            _stop.Dispose();
        }

        private async Task ServeAsync(VirtualEsme meter)
        {
            Task serving = meter.RunAsync(new VirtualLine(_line), _stop.Token);
            await Task.WhenAny(serving);

            // The rig is taken down, or the line hung up as planned; all else is the meter's own fault.
            if (serving.Exception?.InnerException is not (null or TransportException))
            {
                await serving;
            }
        }
    }

    private sealed class NoJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
