using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.CommsHub.Han;
using DeviceHarness.Drivers.Gpf;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Han.Upgrades;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Ppmid;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Transports.Serial;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Bench;

/// <summary>One ZigBee adapter of a rig with its network, shared by the devices that are behind it.</summary>
/// <remarks>It is opened with the first request or health check, and again after it was closed. A virtual adapter without a network forms
/// one, and lets the devices of the rig file join whose install code it states, or, as a joiner, joins the hub's; a real one is left as it
/// is found, and one that is in a hub's network is kept in it.</remarks>
internal sealed class AdapterStation : IAsyncDisposable
{
    /// <summary>The secret of a device that holds its install code.</summary>
    internal const string InstallCode = "install-code";

    /// <summary>The endpoints of the mirrors that gas meters get where the adapter is the trust centre.</summary>
    private static readonly byte[] MirrorEndpoints = [10, 11];

    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly RigAdapter _adapter;
    private readonly IReadOnlyList<RigDevice> _devices;
    private readonly string _rigFolder;
    private readonly string _rigFile;
    private readonly string _port;
    private readonly string _energyFile;
    private readonly WireLog _wire;
    private readonly TimeProvider _time;
    private readonly HanRadioDomain _domain;
    private readonly MirrorDesk _mirrors;
    private readonly MessageDesk _messages;
    private readonly TrustCentreLog _deviceLog;
    private readonly Lazy<HanStateStore> _state;
    private CbkeIdentity? _identity;
    private AdapterCertificates? _certificates;
    private HanNetwork? _network;
    private HanUpgrades? _upgrades;
    private ChannelEnergies? _energies;
    private ConfigurationException? _energyFault;
    private HanNotices? _notices;
    private bool _wasOpen;

    public AdapterStation(
        RigAdapter adapter, RigConfiguration rig, string dataFolder, WireLog wire, TimeProvider time, HanRadioDomain domain)
    {
        _adapter = adapter;
        _devices = [.. rig.Devices.Where(device => device.Link.Adapter == adapter.Name)];
        _rigFolder = rig.Folder;
        _rigFile = rig.File;
        _port = adapter.IsVirtual ? BenchPaths.Adapter(dataFolder, rig.Name, adapter.Name) : adapter.Port;
        _wire = wire;
        _time = time;
        _domain = domain;
        _energyFile = EnergyFile(adapter, rig, dataFolder);
        try
        {
            _energies = ChannelEnergies.Read(_energyFile);
        }
        catch (ConfigurationException fault)
        {
            // It is an observation that no run depends on: told when the adapter is opened, and by the doctor.
            _energyFault = fault;
        }

        _mirrors = new MirrorDesk(MirrorEndpoints, time);
        _messages = new MessageDesk
        {
            Confirmed = (eui64, id) => _notices?.Add(eui64, $"confirmed message {id:X8}", _time.GetUtcNow()),
        };

        _deviceLog = new TrustCentreLog(time) { Removed = _mirrors.Forget };
        _state = new(() => StateOf(adapter, rig, dataFolder));
    }

    /// <summary>Its name in the rig file.</summary>
    public string Name => _adapter.Name;

    /// <summary>Whether a virtual network is formed and its devices are let in when it is opened; else it is left as it is found, as a real
    /// one.</summary>
    public bool IsBroughtUp { get; init; } = true;

    /// <summary>Opens its line; null for its port.</summary>
    public Func<RigAdapter, IByteTransport>? OpenLine { get; init; }

    /// <summary>Where it is written what its network tells and nobody waits for; null for nowhere.</summary>
    public ILogger? Log { get; init; }

    /// <summary>Is told when its port is gone, at once and from any thread.</summary>
    public Action<string>? PortLost { get; init; }

    /// <summary>What its network told since it was taken last, the oldest first.</summary>
    public IReadOnlyList<HanNotice> TakeNotices() => Volatile.Read(ref _notices)?.Take() ?? [];

    /// <summary>The upgrade server that the harness is to its network; null while it is not started, or where it is in the network of a hub
    /// that is no device of the rig.</summary>
    public HanUpgrades? Upgrades => Volatile.Read(ref _upgrades);

    /// <summary>The message that its network publishes; null where the harness is not the trust centre.</summary>
    public MessageDesk? Messages => _adapter.IsTrustCentre ? _messages : null;

    /// <summary>The device log of the hub that the harness is to its network; null where it is not the trust centre.</summary>
    public IHanDeviceLog? DeviceLog => _adapter.IsTrustCentre ? _deviceLog : null;

    /// <summary>Whether its port has been open since the agent started. From any thread.</summary>
    public bool WasOpen => Volatile.Read(ref _wasOpen);

    /// <summary>The network, which is started first if it is not.</summary>
    /// <exception cref="TransportException">The port is missing, busy or gone.</exception>
    /// <exception cref="AdapterException">The adapter does not do its work.</exception>
    public async Task<HanNetwork> OpenAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_network is { } open)
            {
                return open;
            }

            HanNetwork network = Make();
            try
            {
                await network.StartAsync(cancellationToken).ConfigureAwait(false);
                _certificates?.RequireOf(_adapter.Certificates!, network.Identity!.Eui64);
                if (IsBroughtUp)
                {
                    await BringUpAsync(network, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                await network.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            Volatile.Write(ref _wasOpen, true);
            Volatile.Write(ref _network, network);
            return network;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Where the keys and counters of an adapter's network are kept, among the devices of the rig.</summary>
    /// <param name="adapter">The adapter. No device of a rig file has a point in its name.</param>
    internal static string StatePlace(RigAdapter adapter) => $"han.{adapter.Name}";

    /// <summary>Where it is kept what an adapter heard on the channels.</summary>
    internal static string EnergyFile(RigAdapter adapter, RigConfiguration rig, string dataFolder) =>
        Path.Combine(BenchPaths.Folder(dataFolder, rig.Name), $"{adapter.Name}.energy.json");

    /// <summary>The keys and counters of an adapter's network.</summary>
    internal static HanStateStore StateOf(RigAdapter adapter, RigConfiguration rig, string dataFolder)
    {
        string place = StatePlace(adapter);
        return new HanStateStore(
            DiskKeyStorage.Of(dataFolder, rig.Name, place), KeyStoreKey.Open(dataFolder), $"{rig.Name}/{place}");
    }

    /// <summary>Makes sure that the adapter can be spoken to.</summary>
    /// <returns>Null when it can; otherwise why not.</returns>
    public async ValueTask<string?> CheckAsync()
    {
        try
        {
            await OpenAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (HarnessException fault)
        {
            return fault.Message;
        }
    }

    /// <summary>Measures the channels that the rig file allows; every execution from now on tells what was heard.</summary>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    /// <exception cref="IOException">What was heard cannot be kept.</exception>
    public async Task<ChannelEnergies> MeasureAsync(HanNetwork network, CancellationToken cancellationToken)
    {
        ChannelEnergies measured = await ChannelEnergies
            .MeasureAsync(network, _adapter.Channels, _energyFile, _time, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _energies, measured);
        _energyFault = null;
        return measured;
    }

    /// <summary>What is known of its radio; null while it is not open, or in no network. From any thread.</summary>
    public RadioReport? Report()
    {
        HanNetwork? network = Volatile.Read(ref _network);
        if (network?.Network is not { } joined)
        {
            return null;
        }

        Dictionary<ulong, HanNode> nodes = network.Nodes.ToDictionary(node => node.Eui64);
        ChannelEnergies? energies = Volatile.Read(ref _energies);
        return new RadioReport(_adapter.Name, joined.Channel, joined.PanId.ToString("X4", CultureInfo.InvariantCulture))
        {
            MeasuredAt = energies?.MeasuredAt,
            EnergyDbm = energies?.EnergyDbm ?? new Dictionary<int, int>(),
            Signals =
            [
                .. _devices.Where(device => nodes.ContainsKey(device.Eui64.Value))
                    .Select(device => (device.Id, Node: nodes[device.Eui64.Value]))
                    .Select(heard => new RadioSignal(heard.Id.Value, heard.Node.Lqi, heard.Node.RssiDbm, heard.Node.LastHeardAt)),
            ],
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_network is { } network)
        {
            await network.DisposeAsync().ConfigureAwait(false);
        }

        if (_upgrades is { } upgrades)
        {
            await upgrades.DisposeAsync().ConfigureAwait(false);
        }

        _deviceLog.Dispose();
        _identity?.Dispose();
        _certificates?.Dispose();
        _gate.Dispose();
    }

    private HanNetwork Make()
    {
        ZigBeeEndpoint[] mirrors = _adapter.IsTrustCentre ? [.. MirrorEndpoints.Select(ZigBeeEndpoint.Mirror)] : [];
        ZigBeeAdapterSettings settings = new()
        {
            Kind = _adapter.Kind,
            HasHardwareFlowControl = _adapter.HasHardwareFlowControl,
            UsesOwnKeyAgreement = _adapter.AgreesOnKeysItself,
        };
        bool isServer = _adapter.IsTrustCentre || _devices.Any(device => device.DeviceType == SmartEnergyProfile.CommsHub);
        HanUpgrades? upgrades = isServer ? new HanUpgrades(new OtaServerSettings(), _time) : null;
        HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = ZigBeeAdapters.Create(
                settings with { Endpoints = [.. settings.Endpoints, .. mirrors] }, _adapter.Name, _ => new(OpenPort()), _time),
            Establishment = Establishment(),
            Domain = _domain,
            State = _adapter.IsTrustCentre ? _state.Value : null,
            TimeProvider = _time,
            Servers = [.. Served(), .. upgrades is null ? (IHanServer[])[] : [upgrades]],
        });
        network.Observe(_notices = new HanNotices(
            eui64 => _devices.FirstOrDefault(device => device.Eui64.Value == eui64)?.Id.Value,
            nodeId => network.Nodes.FirstOrDefault(node => node.NodeId == nodeId)?.Eui64, Noted));
        if (_energyFault is { } unread)
        {
            _notices.Add(new HanNotice(_time.GetUtcNow(), $"what was heard on the channels is not known: {unread.Code}: {unread.Message}"));
        }

        upgrades?.Bind(network);
        Volatile.Write(ref _upgrades, upgrades);
        _mirrors.Attach(network);
        _deviceLog.Attach(network);
        return network;
    }

    private IReadOnlyList<IHanServer> Served() => _adapter.IsTrustCentre ? [.. _mirrors.Servers, _messages] : [];

    private void Noted(HanNotice notice)
    {
        if (Log is { } log)
        {
            AgentLog.RadioNotice(log, Name, notice.Text);
        }
    }

    private RecordingTransport OpenPort()
    {
        if (OpenLine is not null)
        {
            return new RecordingTransport(OpenLine(_adapter), _wire);
        }

        if (_adapter.IsVirtual && !BenchOwner.IsAlive(Path.GetDirectoryName(_port)!))
        {
            throw new TransportException(
                "BENCH-002", $"{_adapter.Name}: no virtual adapter answers at {_port}; start 'harness bench up' with the same --data",
                _port);
        }

        return new RecordingTransport(
            Watched(SerialPortTransport.Open(new SerialPortSettings
            {
                Path = _port,
                Name = _adapter.Name,
                Baud = _adapter.Baud,
                Format = SerialFormat.EightNone1,
                HasHardwareFlowControl = _adapter.HasHardwareFlowControl && !_adapter.IsVirtual,
                HasLineTime = !_adapter.IsVirtual,
            })),
            _wire);
    }

    private SerialPortTransport Watched(SerialPortTransport port)
    {
        _ = port.Lost.ContinueWith(
            _ => PortLost?.Invoke(_adapter.Name), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return port;
    }

    /// <summary>The adapter's certificates, in its firmware or beside it, or the made-up ones of a virtual network; null without
    /// any.</summary>
    private EstablishmentSettings? Establishment()
    {
        if (_adapter.AgreesOnKeysItself)
        {
            return new EstablishmentSettings
            {
                Identities = [],
                Authorities = [],
                Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
                InAdapter = new AdapterKeyAgreement(),
            };
        }

        if (_adapter.Certificates is { } folder)
        {
            _certificates ??= AdapterCertificates.Read(folder);
            return new EstablishmentSettings
            {
                Identities = _certificates.Identities,
                Authorities = _certificates.Authorities,
                Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
            };
        }

        if (_adapter.TestAuthority is not { } seed)
        {
            return null;
        }

        TestAuthority authority = new(EstablishmentSuites.Suite1, seed);
        _identity ??= authority.Issue(NcpModelReader.ReadFile(Path.Combine(_rigFolder, _adapter.Model)).Adapter.Eui64);
        return new EstablishmentSettings
        {
            Identities = [_identity],
            Authorities = [authority.Trust],
            Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
        };
    }

    /// <summary>What the adapter brings to join the network of a hub.</summary>
    /// <exception cref="ConfigurationException">RIG-009: the rig file states no install code for the adapter, or a wrong one.</exception>
    internal HanEntry Entry()
    {
        CodecFault fault = CodecFault.None;
        return _adapter.InstallCode is { } code
            && Codecs.Security.Mmo.InstallCode.TryParse(
                System.Text.Encoding.UTF8.GetString(code.Resolve().Span), out Codecs.Security.Mmo.InstallCode? taken, out fault)
            ? new HanEntry { Code = taken, Channels = _adapter.Channels, ExtendedPanId = _adapter.ExtendedPanId }
            : throw new ConfigurationException(
                "RIG-009", _rigFile, 0, 0, $"adapters.{_adapter.Name}.secrets.{InstallCode}", fault.Kind.ToString(),
                "an install code with its checksum, hexadecimal");
    }

    private async Task BringUpAsync(HanNetwork network, CancellationToken cancellationToken)
    {
        if (!_adapter.IsTrustCentre)
        {
            // A real one joins when a person says so, and is then kept in the network.
            if (_adapter.IsVirtual || network.Network is not null)
            {
                await network.EnterAsync(Entry(), cancellationToken).ConfigureAwait(false);
            }
        }
        else if (_adapter.IsVirtual)
        {
            await RunNetworkAsync(network, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunNetworkAsync(HanNetwork network, CancellationToken cancellationToken)
    {
        if (network.Network is null && await network.RestoreAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await MeasureAsync(network, cancellationToken).ConfigureAwait(false);
            await network.FormAsync(
                new ZigBeeFormSettings
                {
                    Channel = (byte)System.Numerics.BitOperations.TrailingZeroCount(_adapter.Channels),
                    PanId = _adapter.PanId,
                    ExtendedPanId = _adapter.ExtendedPanId,
                },
                cancellationToken).ConfigureAwait(false);
        }

        List<HanCandidate> missing = [];
        foreach (RigDevice device in _devices)
        {
            // A hub in whose place the harness is has the install codes of others.
            if (device.DeviceType != SmartEnergyProfile.CommsHub && device.Secrets.ContainsKey(InstallCode)
                && await network.FindAsync(device.Eui64.Value, cancellationToken).ConfigureAwait(false) is null)
            {
                missing.Add(CandidateOf(device));
            }
        }

        if (missing.Count > 0)
        {
            await AdmitAsync(network, missing, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AdmitAsync(HanNetwork network, List<HanCandidate> candidates, CancellationToken cancellationToken)
    {
        HanJoinLog log = new();
        using IDisposable watching = network.Observe(log);
        HanJoinWindow window = await network.PermitAsync(candidates, JoinTime, cancellationToken).ConfigureAwait(false);
        await using (window.ConfigureAwait(false))
        {
            foreach (HanCandidate candidate in candidates)
            {
                // A device that does not join is found missing by its first request.
                HanNode? joined = await window.WaitForAsync(candidate.Eui64, cancellationToken).ConfigureAwait(false);
                if (joined is not null && _adapter.HoldsCertificates)
                {
                    // Without a key its requests are refused, which tells of it.
                    await log.WaitAsync(candidate.Eui64, JoinTime, _time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>What a device has to bring to be let in.</summary>
    /// <exception cref="ConfigurationException">RIG-009: the rig file states no install code for it, or a wrong one.</exception>
    internal static HanCandidate CandidateOf(RigDevice device)
    {
        string problem = "nothing";
        return device.Secrets.TryGetValue(InstallCode, out Drivers.Profiles.SecretReference? code)
            && HanCandidate.TryParse(
                device.Eui64.ToString(), System.Text.Encoding.UTF8.GetString(code.Resolve().Span), out HanCandidate? candidate, out problem)
            ? candidate
            : throw new ConfigurationException(
                "RIG-009", device.File, device.Line, 0, $"devices.{device.Id}.secrets.{InstallCode}", problem,
                "an install code with its checksum, hexadecimal");
    }
}
