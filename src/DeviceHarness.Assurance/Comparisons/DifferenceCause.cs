namespace DeviceHarness.Assurance.Comparisons;

/// <summary>What a difference between the pass rates of two cycles may stem from.</summary>
/// <remarks>The numbers are on the wire and never change.</remarks>
public enum DifferenceCause
{
    /// <summary>The case ran on other devices.</summary>
    DeviceSet = 1,

    /// <summary>The case ran on devices of the same model with other firmware.</summary>
    Firmware = 2,

    /// <summary>The pack's text is another one, or the case is in one of the two packs only.</summary>
    Pack = 3,

    /// <summary>The case ran on another rig, or reached its devices by another route or adapter.</summary>
    Rig = 4,

    /// <summary>The harness is of another version.</summary>
    Harness = 5,

    /// <summary>One cycle alone counts the case though both packs may have it: it was not selected, skipped or descoped.</summary>
    Scope = 6,

    /// <summary>None of the others: what the devices, the service or chance did.</summary>
    Rest = 7,
}
