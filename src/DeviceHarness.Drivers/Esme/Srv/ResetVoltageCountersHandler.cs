using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.27: counts anew how often the average voltage leaves its bounds.</summary>
[Srv("6.27")]
internal sealed class ResetVoltageCountersHandler(WriteObjects objects)
    : ProfiledWriteHandler<UpdateDeviceConfigurationRMSVoltageCounterReset>(objects)
{
    /// <summary>Resets both counters.</summary>
    internal static void Reset(WritePlan plan)
    {
        plan.Restart("AvgRMSOverVoltageCounter");
        plan.Restart("AvgRMSUnderVoltageCounter");
    }

    /// <inheritdoc/>
    protected override void Plan(UpdateDeviceConfigurationRMSVoltageCounterReset request, WritePlan plan) => Reset(plan);
}
