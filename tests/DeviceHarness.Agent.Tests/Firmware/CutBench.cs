using System.Globalization;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Tests.Durability;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Drivers.Esme;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Control;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Firmware;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>Driver and virtual meter, whose supply the rig's power port switches at a moment of a firmware request. No time passes but
/// the clock's.</summary>
internal sealed class CutBench : IAsyncDisposable, IFirmwareMoments
{
    private const string ImageTransferName = "0-0:44.0.0.255";
    private const int BlockOctets = 64;

    // ACTION 2 takes a structure of the block number and the block.
    private const string BlockHead = "020206";

    private static readonly DeviceId Id = new("esme-01");
    private static readonly TimeSpan OffTime = TimeSpan.FromSeconds(5);

    private readonly ManualTimeProvider _clock = new();
    private readonly CommandList _commands = new();
    private readonly VirtualEsme _meter;
    private readonly DirectLine _line;
    private readonly RigPowerPort _port;
    private readonly EsmeDriver _driver;
    private (FirmwareMoment Moment, int Block, TimeSpan After, bool LosesAnswer)? _cut;

    public CutBench(EsmeDefects defects = EsmeDefects.None, Func<FirmwareUpdateOptions, FirmwareUpdateOptions>? update = null)
    {
        EsmeModel sound = EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
        FirmwareUpdateOptions options = sound.FirmwareUpdate with { BlockOctets = BlockOctets };
        _meter = new VirtualEsme("esme-01", sound with { FirmwareUpdate = update?.Invoke(options) ?? options }, _clock, _commands)
        {
            Defects = defects,
        };
        _line = new DirectLine(_meter, _clock);
        RigFeed mains = new(new PowerFeed("mains-01", [Id], TimeSpan.Zero, TimeSpan.Zero), new VirtualSwitch());
        PowerCare care = new(new SwitchLedger(new DroppingStorage(), "test-rig", _clock), TimeSpan.Zero, Isolation: null);
        _port = new RigPowerPort([(mains, new RelayContact(new VirtualRelay(_meter)))], care, _clock);
        _driver = new EsmeDriver(new EsmeOptions
        {
            Id = Id,
            Profile = DeviceProfileLoader.LoadFile(
                Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "generic-smets1-esme.yaml")),
            Transport = _line,
            TimeProvider = new DirectClock(_clock, _line),
            FirmwareMoments = this,
        });
    }

    /// <summary>How often the meter was without supply, as an input at its terminal saw it.</summary>
    public int Interruptions => _meter.Sense(SupplyTerminal.Mains).Edges.Count(edge => !edge.IsPresent);

    /// <summary>The blocks that the meter took, by its own log, in order.</summary>
    public IReadOnlyList<int> BlocksTaken =>
    [
        .. _commands.Of(ImageTransferName, 2).Select(data =>
            int.Parse(data.AsSpan(BlockHead.Length, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
    ];

    /// <summary>How often a method of the image transfer was invoked and carried out, or begun.</summary>
    public int Invoked(int method) => _commands.Of(ImageTransferName, method).Count;

    /// <summary>Cuts the supply once, for five seconds.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="block">The block.</param>
    /// <param name="after">How long after it.</param>
    /// <param name="losesAnswer">Whether the meter carries out what comes at that moment, and its answer is lost.</param>
    public void CutAt(FirmwareMoment moment, int block, TimeSpan after, bool losesAnswer = false) =>
        _cut = (moment, block, after, losesAnswer);

    /// <summary>Has the driver carry out a request.</summary>
    public Task<SrvResult> ExecuteAsync(SrvRequestBody body) => _driver.ExecuteAsync(body, CancellationToken.None).DefaultTimeout();

    public async ValueTask ReachedAsync(FirmwareMoment moment, int block, CancellationToken cancellationToken)
    {
        if (_cut is not { } cut || cut.Moment != moment || cut.Block != block)
        {
            return;
        }

        _cut = null;
        _line.After(cut.After + OffTime, () => _port.SwitchAsync(Id, isOn: true, CancellationToken.None));
        if (cut.After == TimeSpan.Zero && !cut.LosesAnswer)
        {
            await _port.SwitchAsync(Id, isOn: false, cancellationToken);
            return;
        }

        _line.After(cut.After, async () =>
        {
            await _port.SwitchAsync(Id, isOn: false, CancellationToken.None);
            _line.DiscardInput();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _driver.DisposeAsync();
        _port.Dispose();
    }

    private sealed class RelayContact(VirtualRelay relay) : IFeedContact
    {
        public Task SetAsync(bool isOn, CancellationToken cancellationToken)
        {
            relay.Set(isOn);
            return Task.CompletedTask;
        }
    }
}
