namespace DeviceHarness.Virtual.Firmware;

/// <summary>What a virtual meter is to a firmware image, and how it takes one.</summary>
public sealed record FirmwareUpdateOptions
{
    /// <summary>The smallest transfer block, in octets.</summary>
    public const int MinimumBlockOctets = 16;

    /// <summary>What an image block's ACTION needs beside the block, at most, in octets.</summary>
    public const int BlockOverheadOctets = 40;

    /// <summary>The largest image that any virtual meter can hold, in octets: the DUIS limit of a firmware image.</summary>
    public const int LargestImageOctets = 10_240_000;

    /// <summary>The manufacturer code that an image must name, 0 to 65,535.</summary>
    public int ManufacturerCode { get; init; } = 0xFFF1;

    /// <summary>The image type that an image must name: the meter's model, 0 to 65,535.</summary>
    public int ImageType { get; init; } = 1;

    /// <summary>The meter's hardware version, 0 to 65,535; an image that names a range must hold it.</summary>
    public int HardwareVersion { get; init; } = 1;

    /// <summary>The size of a transfer block, in octets (16 to the meter's largest APDU less 40).</summary>
    public int BlockOctets { get; init; } = 512;

    /// <summary>The largest image that the meter takes, in octets (1 to 10,240,000).</summary>
    public int MaximumOctets { get; init; } = 262_144;

    /// <summary>How long the meter verifies; zero answers with the result at once.</summary>
    public TimeSpan VerifyTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long the meter is silent while it restarts with a new image.</summary>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after the answer to an activation the restart begins.</summary>
    public TimeSpan ActivationDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a meter with the defect hub-power-cut takes the comms hub's supply away when it activates an image.</summary>
    public TimeSpan HubOffTime { get; init; } = TimeSpan.FromSeconds(190);

    /// <summary>Whether a power cut undoes an activation that it meets: the version before runs on, and the image is gone. Otherwise the
    /// meter completes it when the power is back.</summary>
    public bool IsUndoneByPowerCut { get; init; }

    /// <summary>Which versions the meter verifies only while it runs certain others.</summary>
    public UpgradePath Path { get; init; } = UpgradePath.Free;

    /// <summary>A transfer loses its power once, right after so many different blocks are stored; 0 never.</summary>
    public int PowerCutAfterBlocks { get; init; }
}
