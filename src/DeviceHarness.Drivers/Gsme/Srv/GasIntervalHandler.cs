using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Gsme.Logs;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request for what was consumed in each interval of a period, in cubic metres.</summary>
/// <param name="meter">The meter, or its mirror.</param>
/// <param name="source">Where its model keeps the log.</param>
/// <param name="most">The most entries of the answer.</param>
internal abstract class GasIntervalHandler(GasMeter meter, GasLogSource source, int most) : GasLogHandler(meter, source)
{
    /// <inheritdoc/>
    protected override async Task<(SrvResponseBody Answer, string Detail)> ReadAsync(
        ReadLogPeriod period, CancellationToken cancellationToken)
    {
        MeterScale scale = await GasScale.ReadAsync(Meter, cancellationToken).ConfigureAwait(false);
        GasIntervals intervals = new(Meter.Name, Source, period, most);
        await (Source.By == GasLogMeans.Profile
            ? new LoadProfileReader(Meter, Source).ReadAsync(period, intervals, cancellationToken)
            : new SampledDataReader(Meter, Source).ReadAsync(period, intervals, cancellationToken)).ConfigureAwait(false);
        return (
            Answer([.. intervals.Entries.Select(entry => (entry.End, entry.Value is { } raw ? scale.Apply(raw) : (decimal?)null))]),
            intervals.Detail);
    }

    /// <summary>The answer of the service.</summary>
    /// <param name="entries">The end of each interval, and the volume; null where the meter has none.</param>
    protected abstract SrvResponseBody Answer(IReadOnlyList<(DateTimeOffset End, decimal? Volume)> entries);
}
