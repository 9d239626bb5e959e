namespace DeviceHarness.Abstractions.Devices;

/// <summary>What became of a rotation of a device's Management Key: its global encryption and authentication key.</summary>
/// <param name="Outcome">What the device said to it.</param>
/// <param name="Proof">Which key the device then proved to hold; none when it was not asked, as after a missing confirmation.</param>
/// <param name="Detail">What a person should know; no key is in it.</param>
public sealed record KeyRotation(KeyRotationOutcome Outcome, KeyProof Proof, string Detail)
{
    /// <summary>How many commands were sent for it, 1 or more: an automation repeats one that was not confirmed.</summary>
    public int Commands { get; init; } = 1;

    /// <summary>Whether an answer, or a probe after a silence, showed the link to be sound: if not, a missing confirmation says nothing of
    /// the device.</summary>
    public bool IsLinkSound { get; init; } = true;
}
