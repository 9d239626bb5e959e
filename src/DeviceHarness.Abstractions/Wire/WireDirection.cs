namespace DeviceHarness.Abstractions.Wire;

/// <summary>Which way octets went.</summary>
public enum WireDirection
{
    /// <summary>From the harness to the device.</summary>
    ToDevice,

    /// <summary>From the device to the harness.</summary>
    FromDevice,
}
