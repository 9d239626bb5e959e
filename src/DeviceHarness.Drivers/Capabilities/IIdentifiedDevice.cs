namespace DeviceHarness.Drivers.Capabilities;

/// <summary>A driver that asks its device who it is before it sends it a command.</summary>
public interface IIdentifiedDevice
{
    /// <summary>Another device may be there by now: before the next command it is asked anew, also in an association that stands. From any
    /// thread.</summary>
    void ForgetIdentity();
}
