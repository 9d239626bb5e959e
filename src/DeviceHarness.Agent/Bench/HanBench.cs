using System.Globalization;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Duis;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Agent.Bench;

/// <summary>The home area network of one adapter of a rig for a person at the bench, without an orchestrator: it stands in for the rig's
/// agent.</summary>
/// <remarks>It holds the rig as an agent does, so that no agent of the same data folder runs beside it. The network stays as it is found
/// until it is told otherwise: nothing is formed and nobody is let in by opening it.</remarks>
public sealed class HanBench : IAsyncDisposable
{
    private const string Hub = "the hub";

    private readonly FileStream _hold;
    private readonly AdapterStation _station;
    private readonly HanNetwork _network;
    private readonly RigDevice? _hub;
    private readonly IReadOnlyList<RigDevice> _devices;
    private readonly TimeProvider _time;
    private readonly string _profilesFolder;
    private readonly string _rigFile;

    private HanBench(
        FileStream hold, AdapterStation station, RigConfiguration rig, RigAdapter adapter, HanNetwork network, WireLog wire,
        TimeProvider time)
    {
        _hold = hold;
        _station = station;
        RigDevice[] behind = [.. rig.Devices.Where(device => device.Link.Adapter == adapter.Name)];
        _hub = behind.FirstOrDefault(device => device.DeviceType == SmartEnergyProfile.CommsHub);
        _devices = [.. behind.Where(device => device.DeviceType != SmartEnergyProfile.CommsHub)];
        _profilesFolder = rig.ProfilesFolder;
        _rigFile = rig.File;
        _network = network;
        _time = time;
        Adapter = adapter;
        Wire = wire;
    }

    /// <summary>The adapter.</summary>
    public RigAdapter Adapter { get; }

    /// <summary>What the adapter's firmware is.</summary>
    public string Firmware => _network.Identity is { } identity ? $"{identity.Protocol}, firmware {identity.Firmware}" : string.Empty;

    /// <summary>The network that the adapter is in; null when it is in none.</summary>
    public HanNetworkListing? Network => _network.Network is { } network ? ListingOf(network) : null;

    /// <summary>The network itself.</summary>
    internal HanNetwork Radio => _network;

    /// <summary>The octets of the adapter's line since it was opened; keys are masked by whoever writes them out.</summary>
    public IWireLog Wire { get; }

    /// <summary>Takes the rig and starts an adapter of it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="adapter">The adapter's name; null for the only one.</param>
    /// <param name="dataFolder">The data folder of its agent.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ConfigurationException">RIG-010: the rig has no such adapter, or several and none is named.</exception>
    /// <exception cref="TransportException">AGENT-002: an agent drives the rig from this data folder; or the port is missing or
    /// busy.</exception>
    /// <exception cref="AdapterException">The adapter does not do its work.</exception>
    public static async Task<HanBench> OpenAsync(
        RigConfiguration rig, string? adapter, string dataFolder, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rig);
        RigAdapter chosen = AdapterOf(rig, adapter);
        FileStream hold = AgentHost.Hold(rig, dataFolder);
        WireLog wire = new();
        AdapterStation station = new(chosen, rig, dataFolder, wire, time, new HanRadioDomain()) { IsBroughtUp = false };
        try
        {
            return new HanBench(
                hold, station, rig, chosen, await station.OpenAsync(cancellationToken).ConfigureAwait(false), wire, time);
        }
        catch
        {
            await station.DisposeAsync().ConfigureAwait(false);
            await hold.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The adapter of a name, or the only one.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="name">The name; null for the only one.</param>
    /// <exception cref="ConfigurationException">RIG-010: the rig has no such adapter, or several and none is named.</exception>
    public static RigAdapter AdapterOf(RigConfiguration rig, string? name)
    {
        ArgumentNullException.ThrowIfNull(rig);
        string all = rig.Adapters.Count == 0 ? "an entry under 'adapters'" : string.Join(", ", rig.Adapters.Select(known => known.Name));
        return name is null && rig.Adapters.Count == 1
            ? rig.Adapters[0]
            : rig.Adapters.FirstOrDefault(known => known.Name == name) ?? throw new ConfigurationException(
                "RIG-010", rig.File, 0, 0, "adapters",
                name is null ? $"{rig.Adapters.Count} adapters, and none was named" : $"'{name}'", all);
    }

    /// <summary>Says whether the rig file states an install code for each device.</summary>
    /// <param name="devices">The devices.</param>
    /// <exception cref="ConfigurationException">RIG-009: it states none for one, or a wrong one.</exception>
    public static void CheckInstallCodes(IReadOnlyList<RigDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        foreach (RigDevice device in devices)
        {
            _ = AdapterStation.CandidateOf(device);
        }
    }

    /// <summary>What the network told since this was asked last, and nobody waits for: who was sent away, what was not taken or lost; the
    /// oldest first.</summary>
    public IReadOnlyList<HanNotice> TakeNotices() => _station.TakeNotices();

    /// <summary>The rig's device that has a short address; null when none is known to have it.</summary>
    /// <param name="nodeId">The address.</param>
    public string? NameOf(ushort nodeId)
    {
        ulong? eui64 = _network.Nodes.FirstOrDefault(node => node.NodeId == nodeId)?.Eui64;
        return _devices.FirstOrDefault(device => device.Eui64.Value == eui64)?.Id.Value;
    }

    /// <summary>Measures the channels that the rig file allows, and forms a network with the adapter as its trust centre.</summary>
    /// <param name="channel">The channel; null for the quietest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public async Task<HanFormed> FormAsync(byte? channel, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<int, int> measured =
            (await _station.MeasureAsync(_network, cancellationToken).ConfigureAwait(false)).EnergyDbm;
        byte chosen = channel ?? (measured.Count > 0
            ? (byte)measured.MinBy(energy => energy.Value).Key
            : (byte)System.Numerics.BitOperations.TrailingZeroCount(Adapter.Channels));
        ZigBeeNetwork network = await _network.FormAsync(
            new ZigBeeFormSettings { Channel = chosen, PanId = Adapter.PanId, ExtendedPanId = Adapter.ExtendedPanId }, cancellationToken)
            .ConfigureAwait(false);
        return new HanFormed(ListingOf(network), measured);
    }

    /// <summary>The network of which this adapter, or one in its place before, was the trust centre, as it was kept; null when none
    /// was.</summary>
    /// <exception cref="ConfigurationException">KEYS-010, -011: what was kept cannot be read.</exception>
    public HanNetworkListing? Kept => _network.Kept is { } kept ? ListingOf(kept) : null;

    /// <summary>Makes an adapter without a network the trust centre that was kept.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The network; null when none was kept.</returns>
    /// <exception cref="HarnessException">The adapter has another identity, is in a network, refuses, or is lost.</exception>
    public async Task<HanNetworkListing?> RestoreAsync(CancellationToken cancellationToken) =>
        await _network.RestoreAsync(cancellationToken).ConfigureAwait(false) is { } network ? ListingOf(network) : null;

    /// <summary>Joins the network of a hub by the adapter's install code and agrees on a link key with the hub; an adapter that is in it
    /// already is made sure of.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">There is no network that fits, the hub lets nobody in, or the adapter is lost.</exception>
    public async Task<HanMember> JoinAsync(CancellationToken cancellationToken)
    {
        HanEntered entered = await _network.EnterAsync(_station.Entry(), cancellationToken).ConfigureAwait(false);
        return new HanMember(
            ListingOf(entered.Network), entered.TrustCentre.Eui64.ToString("X16", CultureInfo.InvariantCulture), entered.IsNew,
            entered.HasLinkKey ? "established" : string.Empty);
    }

    /// <summary>Lets devices join, and nobody else; the network is closed once all are in, or the time is over.</summary>
    /// <param name="devices">The devices; the rig file states the install code of each.</param>
    /// <param name="duration">How long, 1 to 254 s; a key establishment may take as long again.</param>
    /// <param name="told">Is told of each device as soon as it is known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What became of each, in their order.</returns>
    /// <exception cref="HarnessException">The adapter is no trust centre, refuses, or is lost.</exception>
    public async Task<IReadOnlyList<HanJoined>> PermitAsync(
        IReadOnlyList<RigDevice> devices, TimeSpan duration, Action<HanJoined> told, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(devices);
        ArgumentNullException.ThrowIfNull(told);
        HanJoinLog log = new();
        using IDisposable watching = _network.Observe(log);
        HanJoinWindow window = await _network.PermitAsync([.. devices.Select(AdapterStation.CandidateOf)], duration, cancellationToken)
            .ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = window.ConfigureAwait(false);
        List<HanJoined> joined = [];
        foreach (RigDevice device in devices)
        {
            HanNode? node = await window.WaitForAsync(device.Eui64.Value, cancellationToken).ConfigureAwait(false);
            (bool isIn, string key) = node is null ? (false, string.Empty)
                : !Adapter.HoldsCertificates ? (true, string.Empty)
                : await log.WaitAsync(device.Eui64.Value, duration, _time, cancellationToken).ConfigureAwait(false);
            joined.Add(new HanJoined(device.Id.Value, node is null ? null : Address(node.NodeId), key, isIn));
            told(joined[^1]);
        }

        return joined;
    }

    /// <summary>The devices of the rig file behind the adapter; in a hub's network the hub before them.</summary>
    /// <param name="isInterviewed">Whether each is asked what it is; one that sleeps answers at its next wake.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    public async Task<IReadOnlyList<HanDeviceListing>> ListAsync(bool isInterviewed, CancellationToken cancellationToken)
    {
        List<HanDeviceListing> listed = [];
        if (_network.Network is { Role: not ZigBeeRole.Coordinator })
        {
            HanNode hub = await _network.FindTrustCentreAsync(cancellationToken).ConfigureAwait(false);
            string name = _hub?.Eui64.Value == hub.Eui64 ? _hub.Id.Value : Hub;
            HanDeviceListing listing =
                await ListAsync(name, new Eui64(hub.Eui64), isInterviewed, cancellationToken).ConfigureAwait(false);
            listed.Add(isInterviewed ? listing with { LetsJoin = await LetsJoinAsync(cancellationToken).ConfigureAwait(false) } : listing);
        }

        foreach (RigDevice device in _devices)
        {
            listed.Add(await ListAsync(device.Id.Value, device.Eui64, isInterviewed, cancellationToken).ConfigureAwait(false));
        }

        return listed;
    }

    /// <summary>Asks devices behind the adapter the same things, and holds the forms of their answers against each other. Nothing is
    /// changed in a device.</summary>
    /// <param name="devices">The devices; at least two.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A row for each question, with the form of each device's answer in their order.</returns>
    /// <exception cref="AdapterException">The adapter is lost.</exception>
    /// <exception cref="ConfigurationException">A device is not behind the adapter, or its profile is wrong.</exception>
    public async Task<IReadOnlyList<HanFormListing>> CompareAsync(
        IReadOnlyList<string> devices, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(devices);
        IReadOnlyList<FormRow> rows = await FormComparison.CompareAsync(
            [.. devices.Select(name => DriverCatalog.HanOptionsOf(DeviceOf(name), _network, _profilesFolder, _time, null))],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => new HanFormListing(row.Question, row.Forms, row.IsAlike))];
    }

    private RigDevice DeviceOf(string name) => _devices.FirstOrDefault(device => device.Id.Value == name)
        ?? throw new ConfigurationException(
            "RIG-010", _rigFile, 0, 0, "devices", $"'{name}'", string.Join(", ", _devices.Select(device => device.Id.Value)));

    /// <summary>Leaves the network: as trust centre, ends it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    public Task LeaveAsync(CancellationToken cancellationToken) => _network.LeaveAsync(cancellationToken);

    /// <summary>Tells a device to leave the network.</summary>
    /// <param name="device">The device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False when it is not in the network.</returns>
    /// <exception cref="AdapterException">The adapter refuses, or is lost.</exception>
    public async Task<bool> RemoveAsync(RigDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (await _network.FindAsync(device.Eui64.Value, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await _network.RemoveAsync(device.Eui64.Value, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync().ConfigureAwait(false);
        await _hold.DisposeAsync().ConfigureAwait(false);
    }

    internal static HanNetworkListing ListingOf(ZigBeeNetwork network) => new(
        Address(network.PanId), network.ExtendedPanId.ToString("X16", CultureInfo.InvariantCulture), network.Channel,
        network.Role == ZigBeeRole.Coordinator ? "trust centre" : network.Role.ToString().ToLowerInvariant(), Address(network.NodeId));

    private static string Address(ushort number) => number.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>What the beacon of the network says of joining; null when it is not heard.</summary>
    private async Task<bool?> LetsJoinAsync(CancellationToken cancellationToken)
    {
        if (_network.Network is not { } own)
        {
            return null;
        }

        IReadOnlyList<ZigBeeFoundNetwork> heard =
            await _network.ScanNetworksAsync(1u << own.Channel, cancellationToken).ConfigureAwait(false);
        ZigBeeFoundNetwork[] same = [.. heard.Where(network => network.ExtendedPanId == own.ExtendedPanId)];
        return same.Length == 0 ? null : same.Any(network => network.IsAllowingJoin);
    }

    private async Task<HanDeviceListing> ListAsync(string name, Eui64 eui64, bool isInterviewed, CancellationToken cancellationToken)
    {
        HanDeviceListing listing = new() { Device = name, Eui64 = eui64.ToString() };
        if (_network.Network is null
            || await _network.FindAsync(eui64.Value, cancellationToken).ConfigureAwait(false) is not { } node)
        {
            return listing with { Problem = "not in the network" };
        }

        string problem = string.Empty;
        if (isInterviewed)
        {
            try
            {
                node = await _network.Zdo.InterviewAsync(eui64.Value, cancellationToken).ConfigureAwait(false);
            }
            catch (HarnessException fault)
            {
                problem = fault.Message;
            }
        }

        return listing with
        {
            NodeId = Address(node.NodeId),
            Kind = node.Kind == HanNodeKind.Unknown ? null : node.Kind.ToString(),
            Lqi = node.Lqi,
            RssiDbm = node.RssiDbm,
            Serves =
            [
                .. node.Endpoints.Where(endpoint => endpoint.Profile == ZigBeeProfile.SmartEnergy)
                    .SelectMany(endpoint => endpoint.InputClusters).Distinct().Select(Address),
            ],
            Problem = problem,
        };
    }
}
