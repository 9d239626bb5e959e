namespace DeviceHarness.Abstractions.Devices;

/// <summary>Where a device stands with the rotation that is due after its migration.</summary>
public enum RotationTimeliness
{
    /// <summary>It is not proved to hold a new key, and has time left.</summary>
    Due,

    /// <summary>It has proved that it holds a new key.</summary>
    Rotated,

    /// <summary>It is not proved to hold a new key, and the time is over.</summary>
    Missed,
}
