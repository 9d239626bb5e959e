using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>The Smart Energy side of an electricity meter as a device on the radio: Basic, Time, Price, Metering and Prepayment of the very
/// meter that its service port speaks for.</summary>
/// <remarks>It changes nothing in the meter: commands other than reads are refused.</remarks>
internal sealed class EsmeHanApplication : AwakeApplication
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private readonly VirtualEsme _meter;

    /// <summary>Puts a meter on the radio.</summary>
    /// <param name="model">What it says of itself there.</param>
    /// <param name="meter">The meter.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    public EsmeHanApplication(EsmeHanModel model, VirtualEsme meter, HanCommandLog? log)
        : base(Period)
    {
        _meter = meter;
        Time = new TimeCluster(new MeterTime(meter));
        BasicCluster basic = new(new HanIdentity(
            model.Identity.Manufacturer, model.Identity.ModelName, 1, () => FirmwareVersion, IsOnMains: true));
        Endpoint = new ZclEndpoint(
            [basic, Time, new EsmePriceCluster(meter), new EsmeMeteringCluster(meter), new EsmePrepaymentCluster(meter)], () => { })
        {
            Log = log,
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Served { get; } = [0x0000, 0x000A, 0x0700, 0x0702, 0x0705];

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Used { get; } = [0x000A];

    /// <inheritdoc/>
    public override string FirmwareVersion => _meter.Inside(meter => meter.ReportedFirmwareVersion);

    /// <inheritdoc/>
    protected override ZclEndpoint Endpoint { get; }

    /// <inheritdoc/>
    protected override TimeCluster Time { get; }

    /// <inheritdoc/>
    /// <remarks>Its firmware comes by its service port.</remarks>
    public override void RunFirmware(string version)
    {
    }

    /// <summary>The meter's clock, which the radio does not set.</summary>
    private sealed class MeterTime(VirtualEsme meter) : IHanClock
    {
        public DateTimeOffset Now => meter.Inside(one => one.Now);

        public bool IsClockValid => meter.Inside(one => one.Clock.IsValid);

        public void SetClock(DateTimeOffset time)
        {
        }
    }
}
