using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Service;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Virtual;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.ZigBee;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A rig as an agent has it, with its virtual devices in the same process and on a clock that jumps over every wait: one with an
/// adapter on a <see cref="QuietClock"/>, since several talk at once there.</summary>
internal sealed class SelfTestRig : IAsyncDisposable
{
    // A few wakes of the meters on the radios of the rigs.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromMinutes(1);

    private readonly SteppedClock _clock;
    private readonly PackRunner _runner = new();
    private readonly Dictionary<string, Func<IByteTransport>> _lines = [];
    private readonly RigBench _bench;

    /// <summary>Switches the devices on. On a rig with an adapter whoever does this works on its clock from then on: see
    /// <see cref="QuietClock.Enter"/>.</summary>
    /// <param name="bench">The rig; every device of it is virtual.</param>
    /// <param name="serviceDefects">Defects of the service, with their parameters.</param>
    /// <param name="planted">A defect of a device; null for none. One of a place that the rig does not have is nowhere.</param>
    /// <param name="folder">A data folder of its own: nothing of an earlier bench is in it.</param>
    /// <param name="putsBack">Whether it puts back after a case what that changed, as an agent does: for several cases on one
    /// bench.</param>
    public SelfTestRig(
        SelfTestBench bench, IReadOnlyList<string> serviceDefects, DefectSwitch? planted, string folder, bool putsBack = false)
    {
        _clock = bench.Rig.Adapters.Count == 0 ? new JumpingClock() : new QuietClock();
        (_clock as QuietClock)?.Enter();
        foreach (RigDevice device in bench.Lines)
        {
            if (bench.ModelOf(device, planted) is EsmeModel meter)
            {
                Meters[device.Id.Value] = new VirtualEsme(device.Id.Value, meter, _clock);
                Connect(Meters[device.Id.Value]);
            }
        }

        foreach (RigDevice device in bench.Lines)
        {
            if (bench.ModelOf(device, planted) is HubModel hub)
            {
                SupplyFeed feed = device.SuppliedBy is { } meter ? Meters[meter.Value].HubSupply : SupplyFeed.Mains;
                Connect(new VirtualHub(device.Id.Value, hub, feed, _clock));
            }
        }

        foreach (RigAdapter adapter in bench.Rig.Adapters)
        {
            Adapters[adapter.Name] = new VirtualNcp(
                adapter.Name, bench.ModelOf(adapter, planted), _clock,
                devices: new HanDeviceStores(_ => new MemoryFlash(), NoCommandLog.Instance) { MeterOf = Meters.GetValueOrDefault });
            Connect(Adapters[adapter.Name]);
        }

        _bench = new RigBench(
            bench.Rig, serviceDefects, folder, bench.Rig.ProfilesFolder, _clock, NullLogger.Instance, OpenAsync,
            undo: putsBack ? new DiskJournalStorage(Directory.CreateDirectory(Path.Combine(folder, "undo")).FullName) : null,
            control: new BenchControl(Meters), findProfile: bench.ProfileOf, openAdapter: adapter => _lines[adapter.Name]());
        (_clock as QuietClock)?.Start();
    }

    /// <summary>The meters by name, to look inside.</summary>
    public Dictionary<string, VirtualEsme> Meters { get; } = [];

    /// <summary>The adapters by name, to look at the devices on their radio.</summary>
    public Dictionary<string, VirtualNcp> Adapters { get; } = [];

    /// <summary>The clock of all of it.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>The simulated service's own log of the requests that its planted faults have hit.</summary>
    public IReadOnlyList<InjectedFault> Injected => _bench.Injected;

    /// <summary>Runs one attempt at a case.</summary>
    /// <param name="pack">The pack.</param>
    /// <param name="testCase">Its case.</param>
    /// <param name="journal">Takes the events; null notes them nowhere.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<AttemptResult> RunAsync(
        TestPack pack, TestCase testCase, IAttemptJournal? journal, CancellationToken cancellationToken)
    {
        _bench.BeginAttempt(testCase.Id);
        AttemptResult result = await _runner.RunCaseAsync(
            pack, testCase, _bench, journal ?? new NoJournal(), new RunOptions { Time = _clock }, cancellationToken).ConfigureAwait(false);
        _bench.AbandonAttempt();
        await (_bench.Undo?.SettleAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        return result;
    }

    /// <summary>Runs one attempt at a case of the self-test, noted nowhere.</summary>
    public async Task<SelfTestOutcome> RunAsync(SelfTestCase testCase, CancellationToken cancellationToken)
    {
        if (testCase.Case.TouchesDevice)
        {
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }

        AttemptResult result = await RunAsync(testCase.Pack, testCase.Case, null, cancellationToken).ConfigureAwait(false);
        return new SelfTestOutcome(
            testCase, result.Verdict, result.Steps.FirstOrDefault(step => step.Verdict != Verdict.Passed)?.Index, result.Reason);
    }

    /// <summary>Lets the devices on a radio join, and tell what they tell of that, before a case begins: no case is about this.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_clock is QuietClock)
        {
            await _bench.CheckHealthAsync(string.Empty).ConfigureAwait(false);
            await Task.Delay(SettlingTime, _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the associations and switches everything off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _bench.DisposeAsync().ConfigureAwait(false);
        (_clock as IDisposable)?.Dispose();
    }

    private void Connect(ILineDevice device)
    {
        if (_clock is JumpingClock jumping)
        {
            DirectTransport line = new(device, jumping);
            jumping.Attach(line);
            _lines[device.Name] = line.Open;
        }
        else if (_clock is QuietClock quiet)
        {
            QuietLine line = new(device, quiet);
            quiet.Attach(line);
            _lines[device.Name] = line.Open;
        }
    }

    private ValueTask<DevicePort> OpenAsync(RigDevice device, string port, TimeProvider time, CancellationToken cancellationToken)
    {
        IByteTransport line = _lines[device.Id.Value]();
        DevicePort open = new(line, device.Id.Value, new AdapterLatency(null, IsLow: false, "memory"), () => true)
        {
            Clock = _clock,
            ListenInterval = null,
        };
        return new ValueTask<DevicePort>(open);
    }

    private sealed class NoJournal : IAttemptJournal
    {
        public ValueTask AppendAsync(AttemptEvent attemptEvent, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
