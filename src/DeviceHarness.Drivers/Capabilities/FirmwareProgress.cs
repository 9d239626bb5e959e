namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Where a firmware delivery or activation stands: told at its start, at every twentieth of the blocks, and at
/// each turn.</summary>
/// <param name="Stage">Where it stands.</param>
/// <param name="BlocksDone">The blocks that the device has taken.</param>
/// <param name="Blocks">All blocks of the image; 0 while activating.</param>
/// <param name="Recoveries">How often the device was lost and found again.</param>
public sealed record FirmwareProgress(FirmwareStage Stage, int BlocksDone, int Blocks, int Recoveries);

/// <summary>A stage of a firmware delivery or activation.</summary>
public enum FirmwareStage
{
    /// <summary>Blocks are sent.</summary>
    Transferring,

    /// <summary>The device was lost and is looked for.</summary>
    Recovering,

    /// <summary>The device verifies the image.</summary>
    Verifying,

    /// <summary>The device activates the image.</summary>
    Activating,
}
