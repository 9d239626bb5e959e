namespace DeviceHarness.Abstractions.Devices;

/// <summary>What a device said to a rotation.</summary>
public enum KeyRotationOutcome
{
    /// <summary>It confirmed it.</summary>
    Confirmed,

    /// <summary>No confirmation came, or none that can be believed: either key may hold.</summary>
    Unconfirmed,

    /// <summary>It refused it.</summary>
    Refused,
}
