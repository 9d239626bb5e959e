using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.5: reads the thresholds of the power display.</summary>
[Srv("6.2.5")]
internal sealed class ReadDeviceConfigurationInstantaneousPowerThresholdsHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadDeviceConfigurationInstantaneousPowerThresholdsRsp
        {
            MessageSuccess = true,
            LowMediumPowerThreshold = await values.IntegerAsync("LowMediumPowerThreshold", cancellationToken).ConfigureAwait(false),
            MediumHighPowerThreshold = await values.IntegerAsync("MediumHighPowerThreshold", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationInstantaneousPowerThresholdsRsp { MessageSuccess = false };
}
