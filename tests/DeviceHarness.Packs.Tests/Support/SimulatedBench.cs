using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>The simulated service in front of a meter that exists only as its answers: no octets, but every rule of the service.</summary>
internal sealed class SimulatedBench : ITestBench, IServiceRequestPort
{
    private static readonly string[] Roles = ["IS", "GS", "ED", "OU"];

    private readonly SimulatedDcc _service;
    private readonly TimeProvider _time;
    private readonly string _defect;
    private readonly ListWireLog _wire = new();
    private TimeSpan _clockOffset;
    private SupplyState _supply = SupplyState.Enabled;

    /// <summary>Creates a bench.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="defect">The name of the meter's defect, as the virtual ESME names it; empty for none.</param>
    /// <param name="clockOffset">How far the meter's clock is ahead.</param>
    public SimulatedBench(TimeProvider time, string defect = "", TimeSpan clockOffset = default)
    {
        _time = time;
        _defect = defect;
        _clockOffset = clockOffset;
        Provenance provenance = new(Route.LocalSerial, Origin.Virtual);
        Devices =
        [
            new BenchDevice(new DeviceId("esme-01"), "ESME", Eui64.Parse(ScriptedBench.Esme), "generic",
                provenance) { Facts = ScriptedBench.Facts },
            new BenchDevice(new DeviceId("esme-mute"), "ESME", Eui64.Parse(ScriptedBench.Mute), "generic", provenance),
        ];
        Inventory = new SmartMeteringInventory(
            Devices.Select(device =>
                new InventoryDevice(device.Eui64, device.DeviceType, DeviceStatus.Commissioned, "4.2.0", Smets1: true)));
        Dictionary<string, IReadOnlyList<Eui64>> users = Roles
            .ToDictionary(role => role, role => (IReadOnlyList<Eui64>)[UserOf(role)]);
        _service = new SimulatedDcc(new ServiceOptions { Users = new ServiceUsers(users) }, Inventory);
    }

    public string Rig => "bench-01";

    public IReadOnlyList<BenchDevice> Devices { get; }

    public IServiceRequestPort Service => this;

    public SmartMeteringInventory Inventory { get; }

    public IWireLog Wire => _wire;

    public SupplyState Supply => _supply;

    public IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records) => [];

    public Eui64 UserOf(string role) => new(0x90B3D51F30010000UL + role switch { "IS" => 1UL, "GS" => 2UL, "ED" => 3UL, _ => 4UL });

    public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken)
    {
        ServiceDecision decision = _service.Receive(requestXml, path: null, _time.GetUtcNow());
        if (decision.Command is not { } command)
        {
            return Task.FromResult(new ServiceExchange(requestXml, decision.Acknowledgement!, null, null, LatencySplit.None,
                decision.Warnings));
        }

        DeviceOutcome outcome = command.Device.DeviceId.ToString() == ScriptedBench.Mute || _defect == "no-answer"
            ? new DeviceOutcome(DeviceOutcomeKind.NoAnswer, Body: null, "no answer to GET", DeviceCode: null, LinkAnswersProbe: true)
            : Carry(command.Body);
        ServiceAnswer response = _service.Complete(decision.RequestId, outcome, _time.GetUtcNow());
        return Task.FromResult(
            new ServiceExchange(requestXml, decision.Acknowledgement!, response, outcome, LatencySplit.None, decision.Warnings));
    }

    private static DeviceOutcome Done(SrvResponseBody body) =>
        new(DeviceOutcomeKind.Done, body, string.Empty, DeviceCode: null, LinkAnswersProbe: null);

    private DeviceOutcome Carry(SrvRequestBody body)
    {
        switch (body)
        {
            case ReadFirmwareVersion:
                return Done(new ReadFirmwareVersionRsp { FirmwareVersion = _defect == "stuck-version" ? "4.1.7" : "4.2.0" });
            case ReadInstantaneousImportRegisters:
                long scale = _defect switch { "wrong-scaler" => 10, "wrong-scaler-1000" => 1000, _ => 1 };
                return Done(new ReadInstantaneousImportRegistersRsp
                {
                    Electricity = new ElectricityImportRegisters(new RegisterReading(1_234_570 * scale),
                        new RegisterReading(234_567 * scale)),
                });
            case SynchroniseClock request:
                return Synchronise(request);
            case DisableSupply:
                _supply = _defect == "switch-lies" ? _supply : SupplyState.Disabled;
                return Done(new DisableSupplyRsp());
            case EnableSupply:
                _supply = _defect == "switch-lies" ? _supply : SupplyState.Enabled;
                return Done(new EnableSupplyRsp());
            default:
                return Done(new ReadSupplyStatusRsp { SupplyState = _supply });
        }
    }

    private DeviceOutcome Synchronise(SynchroniseClock request)
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isWithin = (now + _clockOffset - request.CurrentDateTime).Duration() <= TimeSpan.FromSeconds(request.TolerancePeriodSeconds);
        if (isWithin && _defect == "clock-refused")
        {
            return new DeviceOutcome(
                DeviceOutcomeKind.Refused, Body: null, "SET of the time: read-write-denied", DeviceCode: 3, LinkAnswersProbe: null);
        }

        if (isWithin && _defect != "clock-ignored")
        {
            _clockOffset = request.CurrentDateTime - now;
        }

        ClockTimeStatus status = isWithin ? ClockTimeStatus.Reliable : ClockTimeStatus.Unreliable;
        return Done(new SynchroniseClockRsp { DeviceTime = now + _clockOffset, ElecClockTimeStatus = status });
    }
}
