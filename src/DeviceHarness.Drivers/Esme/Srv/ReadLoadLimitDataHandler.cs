using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.15: reads the load limit and how often it acted.</summary>
[Srv("4.15")]
internal sealed class ReadLoadLimitDataHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        bool? disables = await values.TruthAsync("LoadLimitSupplyState", cancellationToken).ConfigureAwait(false);
        return new ReadLoadLimitDataRsp
        {
            MessageSuccess = true,
            LoadLimitCounterValue = await values.IntegerAsync("LoadLimitCounterValue", cancellationToken).ConfigureAwait(false),
            LoadLimitPowerThreshold = await values.IntegerAsync("LoadLimitPowerThreshold", cancellationToken).ConfigureAwait(false),
            LoadLimitPeriod = await values.IntegerAsync("LoadLimitPeriod", cancellationToken).ConfigureAwait(false),
            LoadLimitRestorationPeriod = await values.IntegerAsync("LoadLimitRestorationPeriod", cancellationToken)
                .ConfigureAwait(false),
            LoadLimitSupplyState = disables switch
            {
                null => null,
                true => LoadLimitSupplyState.Disable,
                false => LoadLimitSupplyState.Unchanged,
            },
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadLoadLimitDataRsp { MessageSuccess = false };
}
