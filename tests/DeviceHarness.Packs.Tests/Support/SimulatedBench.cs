using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>The simulated service in front of a meter that exists only as its answers: no octets, but every rule of the service.</summary>
internal sealed class SimulatedBench : ITestBench, IServiceRequestPort
{
    private const string Later = "90-B3-D5-1F-30-00-00-D3";
    private const string MadeUpCode = "40216758930471826593";
    private const string Second = "90-B3-D5-1F-30-00-00-A2";

    private static readonly string[] Roles = ["IS", "GS", "ED", "ED-other", "OU", "DCC"];

    private readonly SimulatedDcc _service;
    private readonly TimeProvider _time;
    private readonly string _defect;
    private readonly SimulatedSupply _supply;
    private readonly ListWireLog _wire = new();
    private readonly Dictionary<Eui64, TimeSpan> _clockOffsets;
    private readonly Dictionary<Eui64, SupplyState> _supplies;
    private readonly Dictionary<Eui64, SimulatedFirmware> _firmware;
    private readonly List<(Eui64 Device, EventLogEntry Entry)> _events = [];
    private IFirmwareMoments? _moments;

    /// <summary>Creates a bench.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="defect">The name of the first meter's defect, as the virtual ESME or the service names it; empty for none.</param>
    /// <param name="clockOffset">How far the meter's clock is ahead.</param>
    /// <param name="defective">The name of the meter that has the defect.</param>
    public SimulatedBench(TimeProvider time, string defect = "", TimeSpan clockOffset = default, string defective = "esme-01")
    {
        _time = time;
        _defect = defect;
        Provenance provenance = new(Route.LocalSerial, Origin.Virtual);
        Devices =
        [
            new BenchDevice(new DeviceId("esme-01"), "ESME", Eui64.Parse(ScriptedBench.Esme), "generic",
                provenance)
            {
                Facts = new Dictionary<string, string>(ScriptedBench.Facts)
                {
                    ["key-rotation"] = "possible", ["utrn"] = BenchDevice.SecretFact, ["mpan"] = BenchDevice.SecretFact,
                },
                Secrets = new Dictionary<string, string> { ["utrn"] = MadeUpCode, ["mpan"] = "1900000000017" },
            },
            new BenchDevice(new DeviceId("esme-02"), "ESME", Eui64.Parse(Second), "generic", provenance)
            {
                Facts = new Dictionary<string, string> { ["baseline-firmware"] = "4.2.0" },
            },
            new BenchDevice(new DeviceId("esme-mute"), "ESME", Eui64.Parse(ScriptedBench.Mute), "generic", provenance),
            new BenchDevice(new DeviceId("esme-smets2"), "ESME", Eui64.Parse(Later), "generic-smets2", provenance)
            {
                Facts = new Dictionary<string, string> { ["smets-generation"] = "2", ["utrn"] = BenchDevice.SecretFact },
                Secrets = new Dictionary<string, string> { ["utrn"] = MadeUpCode },
            },
        ];
        _clockOffsets = Devices.ToDictionary(device => device.Eui64, _ => clockOffset);
        _supplies = Devices.ToDictionary(device => device.Eui64, _ => SupplyState.Enabled);
        _firmware = Devices.ToDictionary(device => device.Eui64, _ => new SimulatedFirmware(time));
        Defective = Devices.First(device => device.Id.Value == defective).Eui64;
        Inventory = new SmartMeteringInventory(Devices.Select(device =>
            new InventoryDevice(device.Eui64, device.DeviceType, DeviceStatus.Commissioned, "4.2.0", device.Id.Value != "esme-smets2")
            {
                Activity = device.Id.Value == "esme-02"
                    ? new ActivityViews(InstallationActivity.Dormant, InstallationActivity.Dormant)
                    : null,
                Ownership = device.Id.Value is "esme-02" or "esme-smets2" ? Owned() : null,
            }));
        ServiceOptions options = new()
        {
            Users = ServiceUsers.ByKeys(Roles.ToDictionary(role => role, UserOf)),
            ProductsList = new CertifiedProductsList([new("ESME", string.Empty, "4.2.0"), new("ESME", string.Empty, "4.2.1")]),
        };
        Keys = new SimulatedKeys(time, defect);
        _supply = new SimulatedSupply(time);
        Supply = _supply;
        Power = _supply;
        _service = new SimulatedDcc(
            ServiceDefects.TryParse(defect, out ServiceDefect? planted, out _) ? planted.Plant(options, Defective) : options, Inventory);
    }

    public string Rig => "bench-01";

    public IReadOnlyList<BenchDevice> Devices { get; }

    public IServiceRequestPort Service => this;

    public IKeyPort Keys { get; }

    public ISupplySense? Supply { get; init; }

    public IPowerPort? Power { get; set; }

    /// <summary>The contacts and inputs, to break them.</summary>
    public SimulatedSupply Contacts => _supply;

    public SmartMeteringInventory Inventory { get; }

    public IWireLog Wire => _wire;

    public IEnumerable<SupplyState> Supplies => _supplies.Values;

    /// <summary>The firmware that the first meter runs.</summary>
    public string RunningFirmware => _firmware[Devices[0].Eui64].Version;

    private Eui64 Defective { get; }

    public IDisposable OnFirmware(DeviceId device, IFirmwareMoments moments)
    {
        _moments = moments;
        return new Unhook(this);
    }

    public IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records) => [];

    public WireSecrets FindSecrets(IReadOnlyList<WireRecord> records) =>
        new([.. records.Select(record => new bool[record.Octets.Length])], []);

    public Eui64 UserOf(string role) => new(0x90B3D51F30010000UL + role switch
    {
        "IS" => 1UL,
        "GS" => 2UL,
        "ED" => 3UL,
        "ED-other" => 5UL,
        "DCC" => 6UL,
        _ => 4UL,
    });

    private DeviceOwnership Owned() => new()
    {
        NetworkOperatorCertificate = UserOf("ED"),
        Registrations =
        [
            new Registration("IS", UserOf("IS"), DateTimeOffset.UnixEpoch), new Registration("ED", UserOf("ED"), DateTimeOffset.UnixEpoch),
        ],
    };

    public RequestStatus? StatusOf(RequestId requestId) => _service.StatusOf(requestId, _time.GetUtcNow());

    public void LoseResponseTo(RequestId requestId) => _service.LoseResponseTo(requestId);

    public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path: null, cancellationToken);

    public Task<ServiceExchange> SendAsync(string requestXml, ServicePath? path, CancellationToken cancellationToken) =>
        SendAsync(requestXml, path, ImageDelivery.Checked, cancellationToken);

    public async Task<ServiceExchange> SendAsync(
        string requestXml, ServicePath? path, ImageDelivery delivery, CancellationToken cancellationToken)
    {
        ServiceDecision decision = _service.Receive(requestXml, path, _time.GetUtcNow());
        if (decision.Command is not { } command)
        {
            ServiceAnswer acknowledgement = decision.Acknowledgement
                ?? throw new LocalProtocolException("SRV-001", decision.NotServed!, "a request that is served", requestXml);
            return new ServiceExchange(
                requestXml, acknowledgement, decision.Response, null, LatencySplit.None, decision.Warnings);
        }

        string defect = command.Device.DeviceId == Defective ? _defect : string.Empty;
        await ReachAsync(command.Body, defect, cancellationToken).ConfigureAwait(false);
        DeviceOutcome outcome = command.Device.DeviceId.ToString() == ScriptedBench.Mute || defect == "no-answer"
            ? new DeviceOutcome(DeviceOutcomeKind.NoAnswer, Body: null, "no answer to GET", DeviceCode: null, LinkAnswersProbe: true)
            : Carry(
                command.Body is FirmwareUpdate update ? update with { Delivery = delivery } : command.Body,
                command.Device.DeviceId, defect);
        if (_service.HoldOf(decision.RequestId) is var hold && hold > TimeSpan.Zero)
        {
            await Task.Delay(hold, _time, cancellationToken).ConfigureAwait(false);
        }

        ServiceAnswer response = _service.Complete(decision.RequestId, outcome, _time.GetUtcNow());
        return new ServiceExchange(requestXml, decision.Acknowledgement!, response, outcome, LatencySplit.None, decision.Warnings);
    }

    /// <summary>A transfer of two blocks that loses its device at the second one, and an activation.</summary>
    private async Task ReachAsync(SrvRequestBody body, string defect, CancellationToken cancellationToken)
    {
        int[] blocks = [0, 1, defect == "resume-forgets" ? 0 : 1];
        foreach (int block in body is UpdateFirmware && _moments is not null ? blocks : [])
        {
            await _moments!.ReachedAsync(FirmwareMoment.Block, block, cancellationToken).ConfigureAwait(false);
        }

        if (body is ActivateFirmware && _moments is not null)
        {
            await _moments.ReachedAsync(FirmwareMoment.Activation, block: 0, cancellationToken).ConfigureAwait(false);
        }
    }

    private static DeviceOutcome Done(SrvResponseBody body) =>
        new(DeviceOutcomeKind.Done, body, string.Empty, DeviceCode: null, LinkAnswersProbe: null);

    private DeviceOutcome Carry(SrvRequestBody body, Eui64 device, string defect)
    {
        switch (body)
        {
            case ReadFirmwareVersion:
                return Done(new ReadFirmwareVersionRsp { FirmwareVersion = _firmware[device].ReadVersion(defect) });
            case UpdateFirmware request:
                return _firmware[device].Deliver(request, defect);
            case ActivateFirmware request:
                DeviceOutcome activation = _firmware[device].Activate(request, defect);
                if (defect == "hub-power-cut" && activation.Kind == DeviceOutcomeKind.Done)
                {
                    _supply.Interrupt(new SupplyPoint(new DeviceId("esme-01"), SupplyTerminal.Hub), TimeSpan.FromSeconds(190));
                }

                return activation;
            case TopUpDevice:
                return new DeviceOutcome(
                    DeviceOutcomeKind.Refused, new BareRsp("TopUpDeviceRsp"), "no token of this meter", DeviceCode: 5, null);
            case ReadInstantaneousImportRegisters:
                long scale = defect switch { "wrong-scaler" => 10, "wrong-scaler-1000" => 1000, _ => 1 };
                return Done(new ReadInstantaneousImportRegistersRsp
                {
                    Electricity = new ElectricityImportRegisters(new RegisterReading(1_234_570 * scale),
                        new RegisterReading(234_567 * scale)),
                });
            case ClockRequest request:
                return Synchronise(request, device, defect);
            case DisableSupply:
                _supplies[device] = defect == "switch-lies" ? _supplies[device] : SupplyState.Disabled;
                Log("8154", device, defect);
                return Done(new DisableSupplyRsp());
            case EnableSupply:
                _supplies[device] = defect == "switch-lies" ? _supplies[device] : SupplyState.Enabled;
                Log("8154", device, defect);
                return Done(new EnableSupplyRsp());
            case RetrieveImportDailyReadLog request:
                return ReadDays(request.Period, defect);
            case ReadEventOrSecurityLog:
                return Done(new ReadEventOrSecurityLogRsp
                {
                    Log = [.. _events.Where(logged => logged.Device == device).Select(logged => logged.Entry)],
                });
            default:
                return Done(new ReadSupplyStatusRsp { SupplyState = _supplies[device] });
        }
    }

    private void Log(string code, Eui64 device, string defect)
    {
        if (defect != "event-missing")
        {
            _events.Add((device, new EventLogEntry(_time.GetUtcNow(), code)));
        }
    }

    /// <summary>The readings at the last 31 midnights, a kWh more on each.</summary>
    private DeviceOutcome ReadDays(ReadLogPeriod period, string defect)
    {
        DateTimeOffset today = new(_time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        ImportDailyReadLogEntry[] days =
        [
            .. Enumerable.Range(0, RetrieveImportDailyReadLogRsp.MaxEntries).Reverse()
                .Select(back => new ImportDailyReadLogEntry
                {
                    Timestamp = today.AddDays(defect == "log-shifted" ? 1 - back : -back),
                    Consumption = (1_234_000 - (1_000 * back)) * (defect.StartsWith("wrong-scaler", StringComparison.Ordinal) ? 10 : 1),
                })
                .Where(day => day.Timestamp >= period.Start && day.Timestamp <= period.End),
        ];
        return days.Length == 0 && defect == "empty-range-error"
            ? new DeviceOutcome(
                DeviceOutcomeKind.Refused, Body: null, "GET of the log: data-block-unavailable", DeviceCode: 14, LinkAnswersProbe: null)
            : Done(new RetrieveImportDailyReadLogRsp { Entries = days });
    }

    private DeviceOutcome Synchronise(ClockRequest request, Eui64 device, string defect)
    {
        DateTimeOffset now = _time.GetUtcNow();
        TimeSpan tolerance = TimeSpan.FromSeconds(request.TolerancePeriodSeconds);
        bool isWithin = (now + _clockOffsets[device] - request.CurrentDateTime).Duration() <= tolerance;
        if (isWithin && defect == "clock-refused")
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Body: null, "SET of the time: read-write-denied", DeviceCode: 3, LinkAnswersProbe: null);
        }

        if (isWithin && defect != "clock-ignored")
        {
            _clockOffsets[device] = request.CurrentDateTime - now;
        }

        if (isWithin)
        {
            Log("8145", device, defect);
        }

        ClockTimeStatus status = isWithin ? ClockTimeStatus.Reliable : ClockTimeStatus.Unreliable;
        ClockRsp answer = request is CommissionDeviceSynchroniseClock
            ? new CommissionDeviceSynchroniseClockRsp()
            : new SynchroniseClockRsp();
        return Done(answer with { DeviceTime = now + _clockOffsets[device], ElecClockTimeStatus = status });
    }

    private sealed class Unhook(SimulatedBench bench) : IDisposable
    {
        public void Dispose() => bench._moments = null;
    }
}
