using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Transports.Recording;

namespace DeviceHarness.Benchmarks.Runner;

/// <summary>A bench with one device and nothing behind it: for cases whose steps send nothing.</summary>
internal sealed class IdleBench : ITestBench, IServiceRequestPort
{
    private static readonly Eui64 Identifier = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");

    /// <inheritdoc/>
    public string Rig => "in-memory";

    /// <inheritdoc/>
    public IReadOnlyList<BenchDevice> Devices { get; } =
    [
        new BenchDevice(new DeviceId("esme-01"), "ESME", Identifier, "none", new Provenance(Route.LocalSerial, Origin.Virtual)),
    ];

    /// <inheritdoc/>
    public IServiceRequestPort Service => this;

    /// <inheritdoc/>
    public SmartMeteringInventory Inventory { get; } =
        new([new InventoryDevice(Identifier, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);

    /// <inheritdoc/>
    public IWireLog Wire { get; } = new WireLog();

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records) => [];

    /// <inheritdoc/>
    public WireSecrets FindSecrets(IReadOnlyList<WireRecord> records) =>
        new([.. records.Select(record => new bool[record.Octets.Length])], []);

    /// <inheritdoc/>
    public Eui64 UserOf(string role) => Eui64.Parse("90-B3-D5-1F-30-01-00-01");

    /// <inheritdoc/>
    public Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken) =>
        throw new LocalProtocolException("BENCH-001", "this bench takes no requests", "idle", "a Service Request");
}
