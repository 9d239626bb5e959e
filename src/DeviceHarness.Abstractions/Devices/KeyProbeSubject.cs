namespace DeviceHarness.Abstractions.Devices;

/// <summary>With which keys a device is probed.</summary>
public enum KeyProbeSubject
{
    /// <summary>With those that it may hold, the most probable first, until it takes one.</summary>
    Held,

    /// <summary>With the one that it must not hold any more: a wrong key on purpose, which costs it one attempt.</summary>
    Former,
}
