namespace DeviceHarness.Abstractions.Devices;

/// <summary>Which key of the last rotation.</summary>
public enum KeyProof
{
    /// <summary>None is proven.</summary>
    None,

    /// <summary>The new one.</summary>
    Candidate,

    /// <summary>The one before, or the only one when nothing was rotated yet.</summary>
    Former,

    /// <summary>The device refused the key that it was asked with.</summary>
    Refused,
}
