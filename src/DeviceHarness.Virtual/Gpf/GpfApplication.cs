using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.ZigBee.Clusters;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.Gpf;

/// <summary>A gas proxy function as a device on the radio.</summary>
internal sealed class GpfApplication : AwakeApplication
{
    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    private string _firmware;

    /// <summary>Switches a proxy on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="clock">The radio's time.</param>
    /// <param name="flash">What it kept.</param>
    /// <param name="log">Where it writes down what it is told; null for nowhere.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public GpfApplication(GpfModel model, TimeProvider clock, IMeterFlash flash, HanCommandLog? log)
        : base(Period)
    {
        _firmware = model.Identity.FirmwareVersion;
        State = new GpfState(model, clock, flash);
        Time = new TimeCluster(State.Clock);
        BasicCluster basic = new(new HanIdentity(
            model.Identity.Manufacturer, model.Identity.ModelName, 1, () => _firmware, IsOnMains: true));
        Endpoint = new ZclEndpoint([basic, Time, new TariffCluster(), State.Metering, State.Prepayment], () => { }) { Log = log };
    }

    /// <summary>The inside.</summary>
    public GpfState State { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Served { get; } = [0x0000, 0x000A, 0x0700, 0x0702, 0x0705];

    /// <inheritdoc/>
    public override IReadOnlyCollection<ushort> Used { get; } = [0x000A, 0x0700];

    /// <inheritdoc/>
    public override string FirmwareVersion => _firmware;

    /// <inheritdoc/>
    protected override ZclEndpoint Endpoint { get; }

    /// <inheritdoc/>
    protected override TimeCluster Time { get; }

    /// <summary>The meter reported.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="payload">What follows the header.</param>
    public void TakeReport(ushort cluster, byte[] payload)
    {
        if (State.TakeReport(cluster, payload) is { } changed)
        {
            Endpoint.Refresh(changed);
        }
    }

    /// <inheritdoc/>
    public override void RunFirmware(string version) => _firmware = version;
}
