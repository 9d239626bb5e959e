namespace DeviceHarness.Abstractions.Devices;

/// <summary>Makes drivers of one kind. An assembly that a rig file names as a driver has a public class that implements this and has a
/// public constructor without parameters.</summary>
/// <remarks>The assembly is loaded apart, with its own copies of whatever it brings along; this assembly, the codecs and the service
/// requests are the harness's own, so that both sides mean the same types.</remarks>
public interface IDeviceDriverFactory
{
    /// <summary>Makes the driver of a device; nothing is sent before its first request.</summary>
    /// <param name="needs">The device and its open line.</param>
    /// <exception cref="Errors.ConfigurationException">The driver does not drive such a device.</exception>
    IDeviceDriver Create(DeviceDriverNeeds needs);
}
