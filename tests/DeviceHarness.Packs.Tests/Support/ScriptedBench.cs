using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>A bench whose service answers what the test says.</summary>
internal sealed class ScriptedBench : ITestBench
{
    public const string Esme = "90-B3-D5-1F-30-00-00-A0";
    public const string Mute = "90-B3-D5-1F-30-00-00-A1";

    public ScriptedBench()
    {
        Provenance provenance = new(Route.LocalSerial, Origin.Virtual);
        Devices =
        [
            new BenchDevice(new DeviceId("esme-01"), "ESME", Eui64.Parse(Esme), "generic", provenance) { Facts = Facts },
            new BenchDevice(new DeviceId("esme-mute"), "ESME", Eui64.Parse(Mute), "generic", provenance),
        ];
        Inventory = new SmartMeteringInventory(
            Devices.Select(device =>
                new InventoryDevice(device.Eui64, device.DeviceType, DeviceStatus.Commissioned, "4.2.0", Smets1: true)));
        Script = new ScriptedService(WireLog);
    }

    public static Dictionary<string, string> Facts { get; } = new() { ["import-reading-wh"] = "1234567", ["baseline-firmware"] = "4.2.0" };

    public ScriptedService Script { get; }

    public ListWireLog WireLog { get; } = new();

    public string Rig => "bench-01";

    public IReadOnlyList<BenchDevice> Devices { get; set; }

    public IServiceRequestPort Service => Script;

    public SmartMeteringInventory Inventory { get; }

    public ScriptedAlerts AlertLog { get; } = new();

    public IAlertLog Alerts => AlertLog;

    public IPowerPort? Power { get; set; }

    public ISupplySense? Supply { get; set; }

    public ITamperPort? Tamper { get; set; }

    public IButtonPort? Buttons { get; set; }

    public IHubPort? Hubs { get; set; }

    public IOperatorPort? Operator { get; set; }

    public IFormPort? Forms { get; set; }

    public ITokenPort? Tokens { get; set; }

    public IServiceSites? Sites { get; set; }

    public IStepKind? StepKind { get; set; }

    public IStepKind? FindStepKind(string name) => StepKind?.Name == name ? StepKind : null;

    public IWireLog Wire => WireLog;

    public string? Disturbance { get; set; }

    /// <summary>How often it was disturbed, at each question.</summary>
    public Queue<int> Disturbances { get; } = new();

    public Task<int> CountDisturbancesAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Disturbances.TryDequeue(out int count) ? count : 0);

    /// <summary>What it tells of itself, at each question; the last again and again.</summary>
    public Queue<string> Troubles { get; } = new([string.Empty]);

    public string LastDisturbance => Troubles.Count > 1 ? Troubles.Dequeue() : Troubles.Peek();

    public Task<string?> FindDisturbanceAsync(CancellationToken cancellationToken) => Task.FromResult(Disturbance);

    public IReadOnlyList<RadioReport> Radios { get; set; } = [];

    public Func<IReadOnlyList<WireRecord>, IReadOnlyList<string>> Explainer { get; set; } =
        records => [.. records.Select(record => $"{record.Direction} {record.Octets.Length} octets")];

    public IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records) => Explainer(records);

    /// <summary>The secrets that octets are said to hold; none unless a test says so.</summary>
    public Func<IReadOnlyList<WireRecord>, WireSecrets> SecretFinder { get; set; } =
        records => new([.. records.Select(record => new bool[record.Octets.Length])], []);

    public WireSecrets FindSecrets(IReadOnlyList<WireRecord> records) => SecretFinder(records);

    /// <summary>What a User's system speaks, by the User's last octet; others speak the newest.</summary>
    public Dictionary<byte, string> DuisVersions { get; } = [];

    public string DuisVersionOf(Eui64 user) => DuisVersions.GetValueOrDefault((byte)user.Value, "5.4");

    public Eui64 UserOf(string role) => Eui64.Parse(role switch
    {
        "IS" => "90-B3-D5-1F-30-01-00-01",
        "GS" => "90-B3-D5-1F-30-01-00-02",
        _ => "90-B3-D5-1F-30-01-00-04",
    });
}

/// <summary>A wire log that a test writes.</summary>
internal sealed class ListWireLog : IWireLog
{
    private readonly List<WireRecord> _records = [];

    public long Position => _records.Count;

    public void Add(WireDirection direction, params byte[] octets) => Add("tty0", direction, octets);

    public void Add(string port, WireDirection direction, params byte[] octets) =>
        _records.Add(new WireRecord(port, direction, System.Diagnostics.Stopwatch.GetTimestamp(), octets));

    public IReadOnlyList<WireRecord> Since(long position, out long lost)
    {
        lost = 0;
        return _records[(int)position..];
    }
}
