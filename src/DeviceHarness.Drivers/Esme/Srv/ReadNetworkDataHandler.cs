using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Network;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.10: reads the average voltages of a period and how often they left their limits, single-phase.</summary>
[Srv("4.10")]
internal sealed class ReadNetworkDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ReadRows rows = await values.LogAsync(
            ((ReadNetworkData)body).Period, ReadNetworkDataRsp.MaxEntries, cancellationToken).ConfigureAwait(false);
        decimal?[] volts = await rows.NumbersAsync("Value", cancellationToken).ConfigureAwait(false);
        return new ReadNetworkDataRsp
        {
            MessageSuccess = true,
            Entries = [.. Enumerable.Range(0, rows.Count).Select(row => new AverageVoltageEntry(rows.TimeOf(row), volts[row]))],
            MeasurementPeriod = await values.LogPeriodSecondsAsync(cancellationToken).ConfigureAwait(false),
            AvgRmsOverVoltageCounter = await values.IntegerAsync("AvgRMSOverVoltageCounter", cancellationToken).ConfigureAwait(false),
            AvgRmsUnderVoltageCounter = await values.IntegerAsync("AvgRMSUnderVoltageCounter", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadNetworkDataRsp { MessageSuccess = false };
}
