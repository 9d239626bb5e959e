using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.2: reads how switching times are randomised.</summary>
[Srv("6.2.2")]
internal sealed class ReadDeviceConfigurationRandomisationHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadDeviceConfigurationRandomisationRsp
        {
            MessageSuccess = true,
            RandomisedOffset = await values.IntegerAsync("RandomisedOffset", cancellationToken).ConfigureAwait(false),
            RandomisedOffsetNumber = await values.IntegerAsync("RandomisedOffsetNumber", cancellationToken).ConfigureAwait(false),
            RandomisedOffsetLimit = await values.IntegerAsync("RandomisedOffsetLimit", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationRandomisationRsp { MessageSuccess = false };
}
