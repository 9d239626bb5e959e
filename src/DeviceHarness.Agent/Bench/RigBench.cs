using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Replay;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Service;
using DeviceHarness.Agent.Undo;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using DeviceHarness.Transports.Recording;
using DeviceHarness.Virtual.Control;
using Microsoft.Extensions.Logging;
using Provenance = DeviceHarness.Abstractions.Execution.Provenance;

namespace DeviceHarness.Agent.Bench;

/// <summary>The rig as running packs see it: its devices behind the simulated service.</summary>
internal sealed class RigBench : ITestBench, IAsyncDisposable
{
    // Exact names only: Enum.TryParse would take numbers, and numbers without a name, too.
    private static readonly Dictionary<string, DeviceStatus> Statuses =
        Enum.GetValues<DeviceStatus>().ToDictionary(status => status.ToString());

    private readonly RigConfiguration _rig;
    private readonly WireLog _wire = new();
    private readonly IReadOnlyList<DeviceStation> _stations;
    private readonly IReadOnlyList<AdapterStation> _adapters;
    private readonly ServiceKeys _keys;
    private readonly BenchAlerts _alerts;
    private readonly RigSupply _supply;
    private readonly RigHands _hands;
    private readonly SwitchTrouble _trouble;
    private readonly ForeignStepKinds _kinds;
    private readonly HashSet<Eui64> _known = [];
    private readonly LeasedServicePort? _leased;
    private readonly SimulatedServicePort _service;

    public RigBench(
        RigConfiguration rig, IReadOnlyList<string> serviceDefects, string dataFolder, string profilesFolder, TimeProvider time,
        ILogger log, OpenDevicePort? openPort = null, IJournalStorage? undo = null, BenchControl? control = null,
        Func<RigDevice, DeviceProfile?>? findProfile = null, ScaledClock? clock = null,
        Func<RigAdapter, IByteTransport>? openAdapter = null)
    {
        _rig = rig;
        Time = clock ?? time;
        _alerts = new BenchAlerts(rig, AlertStorage(dataFolder, rig.Name), Time, log);
        Inventory = new SmartMeteringInventory([.. rig.Devices.Select(device => device.InventoryRow), .. rig.Elsewhere]);
        Lazy<CipherKey> storeKey = new(() => KeyStoreKey.Open(dataFolder));
        Dictionary<DeviceId, DeviceStation> byName = [];
        HanRadioDomain domain = new();
        Wear = WearLedger.Of(rig, dataFolder);
        _trouble = new SwitchTrouble(time);
        Action<string> lost = port => NoteLoss(port, log);
        _adapters =
        [
            .. rig.Adapters.Select(adapter =>
                new AdapterStation(adapter, rig, dataFolder, _wire, time, domain) { OpenLine = openAdapter, Log = log, PortLost = lost }),
        ];
        _stations =
        [
            .. rig.Devices.OrderBy(device => device.Link.Via == LinkVia.Hub).Select(device =>
            {
                DeviceProfile? profile = findProfile is null ? DriverCatalog.FindProfile(device, profilesFolder) : findProfile(device);
                DeviceKeyStore? keys =
                    profile is { Association.NeedsGlobalKeys: true } ? KeysOf(rig, device, dataFolder, storeKey.Value) : null;
                bool isRecorded = device.Link.Via == LinkVia.Replay && profile is not null;
                return byName[device.Id] = new DeviceStation(
                    device, profile, PortOf(device, rig, dataFolder), _wire, Progress.Of(device.Id), time, log,
                    isRecorded ? new MemorySecurityStore() : SecurityFolder.Of(dataFolder, rig.Name, device.Id.Value), openPort, keys)
                {
                    Recorded = isRecorded ? new(() => RecordedSession.Read(device, rig).Draws(profile!, keys?.Read())) : null,
                    Told = notification => _alerts.Tell(device, notification),
                    Hub = device.Link.Hub is { } hub ? byName[hub] : null,
                    Radio = _adapters.FirstOrDefault(adapter => adapter.Name == device.Link.Adapter),
                    ProfilesFolder = profilesFolder,
                    PortLost = lost,
                    Clock = clock,
                    Wear = Wear,
                };
            }),
        ];
        Devices = [.. rig.BenchDevices.Zip(_stations, (device, station) => device with { Departures = station.Departures })];
        Hubs = new RigHubPort(_stations);
        Forms = rig.Adapters.Count == 0 ? null : new RigFormPort(rig, _adapters, profilesFolder, time, clock);
        _kinds = new ForeignStepKinds(rig.StepKinds);
        Action<DeviceId> moved = device => byName[device].NoteMoved();
        BenchControlClient bench = new(BenchPaths.Folder(dataFolder, rig.Name), control);
        _hands = new RigHands(rig, bench, moved, time, log, HandLines.Gpio);
        _supply = new RigSupply(rig, dataFolder, bench, moved, Time, log, _trouble);
        Operator = new OperatorDesk(OperatorDesk.FolderOf(dataFolder, rig.Name), time);
        _keys = ServiceKeys.Open(ServiceKeys.Folder(dataFolder, rig.Name), time);
        SimulatedServicePort service = new(rig, serviceDefects, Inventory, _stations, _keys, Time);
        Sites = service;
        Tokens = RigTokenPort.Of(Devices, dataFolder, rig.Name, service.Replication, service);
        Migrations = MigrationsOf(rig, service);
        Keys = new RigKeyPort(_stations, service.KeyRotation, Time);
        Undo = undo is null ? null : new DeviceUndo(_stations, UndoLedger.Open(undo), Time, log);
        _leased = Undo is null ? null : new LeasedServicePort(service, Undo);
        Service = _leased is null ? service : _leased;
        ByHand = service;
        _service = service;
        _alerts.Connect(_stations, service);
    }

    /// <inheritdoc/>
    public string Rig => _rig.Name;

    /// <summary>How many executions may run at once, on devices that share nothing; from 1.</summary>
    public int Parallel => _rig.Parallel;

    /// <summary>The time of the bench: what cases wait by, and what their events are stamped with.</summary>
    public TimeProvider Time { get; }

    /// <inheritdoc/>
    public IReadOnlyList<BenchDevice> Devices { get; }

    /// <inheritdoc/>
    public IServiceRequestPort Service { get; }

    /// <summary>The way into the service for what a person sends by hand: nothing of it is undone.</summary>
    public IServiceRequestPort ByHand { get; }

    /// <summary>The simulated service's own log of the requests that its planted faults have hit.</summary>
    public IReadOnlyList<InjectedFault> Injected => _service.Injected;

    /// <summary>Puts back what cases changed; null when nothing keeps the ledger.</summary>
    public DeviceUndo? Undo { get; }

    /// <inheritdoc/>
    public IKeyPort Keys { get; }

    /// <inheritdoc/>
    public IHubPort Hubs { get; }

    /// <inheritdoc/>
    public IFormPort? Forms { get; }

    /// <inheritdoc/>
    public ITokenPort Tokens { get; }

    /// <inheritdoc/>
    public IServiceSites Sites { get; }

    /// <inheritdoc/>
    public IMigrationPort? Migrations { get; }

    /// <inheritdoc/>
    public IPowerPort? Power => _supply.Port;

    /// <inheritdoc/>
    public ITamperPort Tamper => _hands;

    /// <inheritdoc/>
    public IButtonPort Buttons => _hands;

    /// <inheritdoc/>
    public ISupplySense? Supply => _supply.Senses;

    /// <inheritdoc/>
    public IOperatorPort? Operator { get; }

    /// <inheritdoc/>
    public SmartMeteringInventory Inventory { get; }

    /// <inheritdoc/>
    public IAlertLog Alerts => _alerts;

    /// <inheritdoc/>
    public IWireLog Wire => _wire;

    /// <inheritdoc/>
    public IReadOnlyList<RadioReport> Radios => [.. _adapters.Select(adapter => adapter.Report()).OfType<RadioReport>()];

    /// <summary>The values that nothing may write down, of all devices.</summary>
    public IReadOnlyCollection<string> Secrets => [.. Devices.SelectMany(device => device.Secrets.Values)];

    /// <summary>What is known of firmware images; null when the rig file names no register.</summary>
    public FirmwareRegister? FirmwareRegister => _rig.FirmwareRegister;

    /// <summary>Where the long requests of the running attempt stand.</summary>
    public ProgressFeed Progress { get; } = new();

    /// <summary>What an execution on some devices holds for itself.</summary>
    public IReadOnlySet<string> HoldOf(IEnumerable<DeviceId> devices) => ExclusiveParts.Of(_rig, devices);

    /// <inheritdoc/>
    public async Task<string?> FindDisturbanceAsync(CancellationToken cancellationToken) =>
        await _supply.IsHeldAsync(cancellationToken).ConfigureAwait(false)
            ? PowerFaults.Isolated(_rig.Name).Message
            : null;

    /// <inheritdoc/>
    public async Task<int> CountDisturbancesAsync(CancellationToken cancellationToken)
    {
        _ = await FindDisturbanceAsync(cancellationToken).ConfigureAwait(false);
        return (_supply.Latch?.Noticed ?? 0) + _trouble.Count;
    }

    /// <inheritdoc/>
    public string LastDisturbance => _trouble.Told;

    /// <summary>Gives their supply to devices that a contact keeps dark until it is driven, or that an agent before this one left dark,
    /// watches the emergency stop from then on, and lets go of covers and buttons that an agent before this one may have held when it died;
    /// what could not be is in the log.</summary>
    public async Task SupplyAsync()
    {
        await _supply.GiveBackAsync().ConfigureAwait(false);
        _supply.Watch();
        await _hands.LetGoAsync().ConfigureAwait(false);
    }

    /// <summary>The weakest provenance of all devices.</summary>
    public Provenance Provenance => Devices.Select(device => device.Provenance).MaxBy(provenance => provenance.Origin);

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records) => WireExplanation.Of(records);

    /// <inheritdoc/>
    public IStepKind? FindStepKind(string name) => _kinds.Find(name);

    /// <inheritdoc/>
    public WireSecrets FindSecrets(IReadOnlyList<WireRecord> records) => WirePasswords.Of(records);

    /// <inheritdoc/>
    public IDisposable? OnFirmware(DeviceId device, IFirmwareMoments moments) =>
        _stations.FirstOrDefault(station => station.Device.Id == device)?.Firmware.Hang(moments);

    /// <inheritdoc/>
    public Eui64 UserOf(string role) => _rig.Users.TryGetValue(role, out Eui64 user)
        ? user
        : throw new ConfigurationException(
            "RIG-002", _rig.File, 0, 0, "users", $"no User for the role {role}", $"an entry 'users.{role}' with an EUI-64");

    /// <inheritdoc/>
    public string DuisVersionOf(Eui64 user) => _rig.DuisVersionOf(user);

    /// <summary>What wore its devices so far; null when nothing is counted.</summary>
    public WearLedger? Wear { get; }

    /// <summary>Says whose requests come next in the caller's flow, for the undo ledger. Each device is asked who it is before the first
    /// command that follows.</summary>
    public void BeginAttempt(string owner)
    {
        foreach (DeviceStation station in _stations)
        {
            station.ForgetIdentity();
        }

        if (_leased is not null)
        {
            _leased.Owner = owner;
        }
    }

    /// <summary>The attempt's journal is on the disk: what it was given of its devices need be kept no longer.</summary>
    public void EndAttempt(IReadOnlyCollection<DeviceId> devices)
    {
        _alerts.Settle(devices);
        AbandonAttempt();
    }

    /// <summary>The attempt of the caller's flow is over, whatever became of its journal.</summary>
    public void AbandonAttempt() => _leased?.End();

    /// <summary>Whether every port has been open since the agent started. From any thread.</summary>
    public bool HadAllPortsOpen => _stations.All(station => station.WasOpen);

    /// <summary>Opens each port that can be opened. No octet is sent to any device.</summary>
    /// <returns>Null when all are open and the bench is not isolated; otherwise which is not, and why.</returns>
    public async Task<string?> FindPortFaultAsync()
    {
        string? first = await FindIsolationAsync().ConfigureAwait(false);
        foreach (DeviceStation station in _stations)
        {
            string? fault = await station.CheckPortAsync().ConfigureAwait(false);
            first ??= fault is null ? null : $"{station.Device.Id}: {fault}";
        }

        return first;
    }

    /// <summary>What the rig says of itself when it connects.</summary>
    public Hello MakeHello(string bootId)
    {
        Hello hello = new()
        {
            Rig = _rig.Name,
            BootId = bootId,
            AgentVersion = AgentVersion.Text,
            Host = Environment.MachineName,
            Parallel = Parallel,
        };
        hello.Users.AddRange(_rig.Users.Select(user => new UserRole { Role = user.Key, Eui64 = user.Value.ToString() }));
        hello.Devices.AddRange(Devices.Select(DeviceRow));
        return hello;
    }

    /// <summary>Whether the port of each device is open, or can be opened now. No octet is sent to any device.</summary>
    /// <param name="checkId">The check that the report answers.</param>
    public Task<HealthReport> CheckHealthAsync(string checkId) => CheckHealthAsync(new HealthCheck { CheckId = checkId });

    /// <summary>Whether the port of each device is open, or can be opened now. No octet is sent to a device unless the check asks
    /// for it.</summary>
    /// <param name="check">The check that the report answers.</param>
    /// <param name="fault">What keeps the rig itself from working; empty when nothing does.</param>
    public async Task<HealthReport> CheckHealthAsync(HealthCheck check, string fault = "")
    {
        HealthReport report = new()
        {
            CheckId = check.CheckId,
            Fault = fault.Length > 0 ? fault : await FindIsolationAsync().ConfigureAwait(false) ?? string.Empty,
        };
        foreach (DeviceStation station in _stations)
        {
            string name = station.Device.Id.Value;
            string? portFault = await station.CheckPortAsync().ConfigureAwait(false);
            bool isAsked = check.Asks && portFault is null && (check.Devices.Count == 0 || check.Devices.Contains(name));
            report.Devices.Add(new DeviceHealth
            {
                Device = name,
                PortOpen = portFault is null,
                Detail = portFault ?? string.Empty,
                Adapter = station.Adapter?.ToWire(),
                Quarantine = Undo?.QuarantineOf(name) ?? string.Empty,
                Silence = isAsked ? await SignOfLife.FindSilenceAsync(station, Time).ConfigureAwait(false) : string.Empty,
            });
        }

        return report;
    }

    /// <summary>Takes the inventory rows that came with a lease: the orchestrator's store is the master.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="areFresh">Whether the store knew all that this rig changed when it gave the lease; if not, only rows of devices that
    /// came with no lease before are taken, and the others stand as this rig's own cases left them.</param>
    /// <exception cref="ConfigurationException">RIG-003: a row is wrong; then none is taken.</exception>
    public void TakeInventory(IEnumerable<Device> rows, bool areFresh)
    {
        InventoryDevice[] devices = [.. rows.Select(ReadRow)];
        lock (_known)
        {
            foreach (InventoryDevice device in devices.Where(device => _known.Add(device.DeviceId) || areFresh))
            {
                Inventory.Put(WithRigFile(device));
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync().ConfigureAwait(false);
        foreach (DeviceStation station in _stations)
        {
            await station.DisposeAsync().ConfigureAwait(false);
        }

        foreach (AdapterStation adapter in _adapters)
        {
            await adapter.DisposeAsync().ConfigureAwait(false);
        }

        await _alerts.DisposeAsync().ConfigureAwait(false);
        Undo?.Dispose();
        await _hands.DisposeAsync().ConfigureAwait(false);
        await _supply.DisposeAsync().ConfigureAwait(false);
        _keys.Dispose();
    }

    private RigMigrationPort? MigrationsOf(RigConfiguration rig, SimulatedServicePort service) => rig.Installations.Count == 0
        ? null
        : new RigMigrationPort(rig.Installations, service.Migration, Inventory, new CertifiedProductsList(rig.Products), Time);

    private void NoteLoss(string port, ILogger log)
    {
        if (_trouble.NoteLoss(port))
        {
            AgentLog.LostBySwitching(log, Rig, _trouble.Told);
        }
    }

    private async Task<string?> FindIsolationAsync()
    {
        try
        {
            return await FindDisturbanceAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (TransportException fault)
        {
            return $"{fault.Code}: {fault.Message}";
        }
    }

    /// <summary>Where the keys of a device are kept.</summary>
    internal static DeviceKeyStore KeysOf(RigConfiguration rig, RigDevice device, string dataFolder, CipherKey storeKey) => new(
        DiskKeyStorage.Of(dataFolder, rig.Name, device.Id.Value), storeKey, $"{rig.Name}/{device.Id}");

    private static DiskJournalStorage AlertStorage(string dataFolder, string rig)
    {
        string folder = Path.Combine(dataFolder, "alerts");
        Directory.CreateDirectory(dataFolder);
        DataFolder.Create(folder);
        folder = Path.Combine(folder, rig);
        DataFolder.Create(folder);
        return new DiskJournalStorage(folder);
    }

    private static InventoryDevice ReadRow(Device row) =>
        Eui64.TryParse(row.Eui64, out Eui64 identifier) && Statuses.TryGetValue(row.Status, out DeviceStatus status)
            ? new InventoryDevice(identifier, row.DeviceType, status, row.FirmwareVersion, row.Smets1)
            : throw new ConfigurationException(
                "RIG-003", "lease", 0, 0, $"devices.{row.Id}", $"the inventory row '{row.Eui64}' '{row.Status}'",
                $"an EUI-64 and one of {string.Join(", ", Statuses.Keys)}");

    /// <summary>A row of the store with what the rig file alone states.</summary>
    private InventoryDevice WithRigFile(InventoryDevice device) =>
        _rig.Devices.FirstOrDefault(candidate => candidate.Eui64 == device.DeviceId) is { } stated
            ? stated.WithRigFile(device)
            : device;

    /// <summary>Where a device is reached: a path, or <c>host:port</c>.</summary>
    internal static string PortOf(RigDevice device, RigConfiguration rig, string dataFolder) =>
        device.Link.IsOnBench ? BenchPaths.Port(dataFolder, rig.Name, device.Id) : device.Link.Port;

    private Device DeviceRow(BenchDevice device)
    {
        // What the rig file states: the orchestrator's store is the master of what became of it, and hands that back with each lease.
        RigDevice row = _rig.Devices.First(candidate => candidate.Id == device.Id);
        Device wire = new()
        {
            Id = device.Id.Value,
            DeviceType = device.DeviceType,
            Eui64 = device.Eui64.ToString(),
            Profile = device.Profile,
            Provenance = EventMapping.ToWire(device.Provenance),
            Status = row.Status.ToString(),
            FirmwareVersion = row.FirmwareVersion,
            Smets1 = row.Smets1,
            Adapter = _stations.First(station => station.Device.Id == device.Id).Adapter?.ToWire(),
        };
        foreach ((string name, string value) in device.Facts)
        {
            wire.Facts[name] = value;
        }

        return wire;
    }
}
