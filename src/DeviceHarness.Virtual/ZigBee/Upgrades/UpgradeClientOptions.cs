namespace DeviceHarness.Virtual.ZigBee.Upgrades;

/// <summary>What a virtual device is to an upgrade server, and how it fetches an image.</summary>
public sealed record UpgradeClientOptions
{
    /// <summary>The code of its manufacturer.</summary>
    public ushort ManufacturerCode { get; init; } = 0xFFF1;

    /// <summary>The type of the images that it runs.</summary>
    public ushort ImageType { get; init; } = 1;

    /// <summary>Its hardware version; an image that names a range must hold it.</summary>
    public ushort HardwareVersion { get; init; } = 1;

    /// <summary>The file version that it left the factory with.</summary>
    public uint FileVersion { get; init; } = 0x0001_0000;

    /// <summary>The most octets that it asks for at once, 1 to 64.</summary>
    public int BlockOctets { get; init; } = 48;

    /// <summary>The octets that it asks for by one page request; 0 asks for each block.</summary>
    public int PageOctets { get; init; }

    /// <summary>The time between two blocks of a page, in milliseconds.</summary>
    public ushort PageSpacing { get; init; } = 100;

    /// <summary>The time that it needs between a block and the request for the next.</summary>
    public TimeSpan BlockPacing { get; init; }

    /// <summary>How long it waits for an answer.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often it asks for the same thing before it gives up for <see cref="RetryAfter"/>.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>When it asks again after it gave up.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long it verifies a whole image.</summary>
    public TimeSpan VerifyTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long it is away while it restarts with a new image.</summary>
    public TimeSpan RestartTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest image that it holds, in octets.</summary>
    public int MaximumOctets { get; init; } = 1_048_576;

    /// <summary>A defect: the block after which it ends the download as aborted; 0 never.</summary>
    public int AbortsAfterBlocks { get; init; }

    /// <summary>A defect: it takes an image for other devices, or a harmed one.</summary>
    public bool TakesAnyImage { get; init; }

    /// <summary>A defect: it says that it installed an image and goes on with the old one.</summary>
    public bool KeepsOldImage { get; init; }
}
