using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.SmartEnergy;

namespace DeviceHarness.Drivers.Gsme;

/// <summary>The clock of a gas meter: its own Time server.</summary>
/// <remarks>Spec: ZigBee Cluster Library, Time cluster, as this harness's ZigBee guide 8.1 sums it up. The time has whole seconds; one that
/// is neither a master's nor synchronised is doubtful. A meter that takes the time from its hub alone is not written: its clock is only
/// read.</remarks>
internal sealed class GasClock(GasMeter meter) : IDeviceClock
{
    private const ushort Time = 0x0000;
    private const ushort Status = 0x0001;
    private const long Trusted = 0x03;

    /// <inheritdoc/>
    public async ValueTask<ClockReading> ReadTimeAsync(CancellationToken cancellationToken)
    {
        AttributeValues values = await meter.ReadAsync(ClusterCatalogue.Time, cancellationToken, Time, Status).ConfigureAwait(false);
        DateTimeOffset? moment = values.Number(Time) is { } seconds ? ZclTime.ToMoment((uint)seconds) : null;
        bool isDoubtful = values.Number(Status) is { } status && (status & Trusted) == 0;
        return new ClockReading(moment, IsInvalid: moment is null, isDoubtful);
    }

    /// <inheritdoc/>
    public async ValueTask SetTimeAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        if (meter.Profile.IsClockWritten)
        {
            await meter.WriteAsync(
                ClusterCatalogue.Time, Time, ZclData.Unsigned(ZclDataType.UtcTime, ZclTime.FromMoment(time)), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
