using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.1: reads the voltage thresholds as the device counts them.</summary>
[Srv("6.2.1")]
internal sealed class ReadDeviceConfigurationVoltageHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        return new ReadDeviceConfigurationVoltageRsp
        {
            MessageSuccess = true,
            AverageRmsOverVoltageThreshold = await values.IntegerAsync("AverageRMSOverVoltageThreshold", cancellationToken)
                .ConfigureAwait(false),
            AverageRmsUnderVoltageThreshold = await values.IntegerAsync("AverageRMSUnderVoltageThreshold", cancellationToken)
                .ConfigureAwait(false),
            RmsExtremeOverVoltageMeasurementPeriod = await values.IntegerAsync("RMSExtremeOverVoltageMeasurementPeriod", cancellationToken)
                .ConfigureAwait(false),
            RmsExtremeOverVoltageThreshold = await values.IntegerAsync("RMSExtremeOverVoltageThreshold", cancellationToken)
                .ConfigureAwait(false),
            RmsExtremeUnderVoltageMeasurementPeriod = await values
                .IntegerAsync("RMSExtremeUnderVoltageMeasurementPeriod", cancellationToken).ConfigureAwait(false),
            RmsExtremeUnderVoltageThreshold = await values.IntegerAsync("RMSExtremeUnderVoltageThreshold", cancellationToken)
                .ConfigureAwait(false),
            RmsVoltageSagMeasurementPeriod = await values.IntegerAsync("RMSVoltageSagMeasurementPeriod", cancellationToken)
                .ConfigureAwait(false),
            RmsVoltageSagThreshold = await values.IntegerAsync("RMSVoltageSagThreshold", cancellationToken).ConfigureAwait(false),
            RmsVoltageSwellMeasurementPeriod = await values.IntegerAsync("RMSVoltageSwellMeasurementPeriod", cancellationToken)
                .ConfigureAwait(false),
            RmsVoltageSwellThreshold = await values.IntegerAsync("RMSVoltageSwellThreshold", cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationVoltageRsp { MessageSuccess = false };
}
