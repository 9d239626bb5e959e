using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>A request for the part of a log that lies in a period.</summary>
/// <param name="meter">The meter, or its mirror.</param>
/// <param name="source">Where its model keeps the log.</param>
internal abstract class GasLogHandler(GasMeter meter, GasLogSource source) : SrvHandler
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => GasRefusal.OfLog;

    /// <summary>The meter.</summary>
    protected GasMeter Meter => meter;

    /// <summary>Where the log is.</summary>
    protected GasLogSource Source => source;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ReadLogPeriod period = ((IPeriodRequest)body).Period;
        if (source.By == GasLogMeans.None)
        {
            return NotAsked($"{meter.Profile.Name} keeps no such log");
        }

        if (period.End < period.Start)
        {
            return NotAsked("the period ends before it begins");
        }

        (SrvResponseBody answer, string detail) = await ReadAsync(period, cancellationToken).ConfigureAwait(false);
        return new DeviceOutcome(DeviceOutcomeKind.Done, answer, detail, null, null);
    }

    /// <summary>Reads the part of the log.</summary>
    /// <returns>The answer, and what is to be said of it; empty for nothing.</returns>
    protected abstract Task<(SrvResponseBody Answer, string Detail)> ReadAsync(
        ReadLogPeriod period, CancellationToken cancellationToken);

    private DeviceOutcome NotAsked(string why) =>
        new(DeviceOutcomeKind.Refused, Refused(), $"nothing was sent: {why}", null, null);
}
