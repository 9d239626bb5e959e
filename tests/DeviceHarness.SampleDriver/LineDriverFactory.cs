using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.SampleDriver;

/// <summary>Makes drivers for a device that is asked in lines of text.</summary>
public sealed class LineDriverFactory : IDeviceDriverFactory
{
    /// <inheritdoc/>
    public IDeviceDriver Create(DeviceDriverNeeds needs) => new LineDriver(needs);
}
