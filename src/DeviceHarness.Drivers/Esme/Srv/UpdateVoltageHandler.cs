using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.5: changes the bounds of a single-phase meter's voltage, and resets the counters last.</summary>
[Srv("6.5")]
internal sealed class UpdateVoltageHandler(WriteObjects objects) : ProfiledWriteHandler<UpdateDeviceConfigurationVoltage>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(UpdateDeviceConfigurationVoltage request, WritePlan plan)
    {
        VoltageSettings settings = request.Settings;
        foreach ((string field, long value) in ((string Field, long Value)[])
            [
                ("RMSExtremeOverVoltageMeasurementPeriod", settings.RmsExtremeOverVoltageMeasurementPeriod),
                ("RMSExtremeOverVoltageThreshold", settings.RmsExtremeOverVoltageThreshold),
                ("RMSExtremeUnderVoltageMeasurementPeriod", settings.RmsExtremeUnderVoltageMeasurementPeriod),
                ("RMSExtremeUnderVoltageThreshold", settings.RmsExtremeUnderVoltageThreshold),
                ("RMSVoltageSagMeasurementPeriod", settings.RmsVoltageSagMeasurementPeriod),
                ("RMSVoltageSagThreshold", settings.RmsVoltageSagThreshold),
                ("RMSVoltageSwellMeasurementPeriod", settings.RmsVoltageSwellMeasurementPeriod),
                ("RMSVoltageSwellThreshold", settings.RmsVoltageSwellThreshold),
                ("AverageRMSOverVoltageThreshold", settings.AverageRmsOverVoltageThreshold),
                ("AverageRMSUnderVoltageThreshold", settings.AverageRmsUnderVoltageThreshold),
                ("AverageRMSVoltageMeasurementPeriod", settings.AverageRmsVoltageMeasurementPeriod),
            ])
        {
            plan.AtOnce(field, DlmsData.Long64(value));
        }

        if (request.AreCountersReset)
        {
            ResetVoltageCountersHandler.Reset(plan);
        }
    }
}
