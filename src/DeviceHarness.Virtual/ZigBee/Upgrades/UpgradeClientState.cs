namespace DeviceHarness.Virtual.ZigBee.Upgrades;

/// <summary>What a virtual device does about an upgrade.</summary>
public enum UpgradeClientState
{
    /// <summary>Nothing.</summary>
    Idle,

    /// <summary>It has asked which image there is.</summary>
    Querying,

    /// <summary>It fetches an image.</summary>
    Downloading,

    /// <summary>It holds a whole image and looks at it.</summary>
    Verifying,

    /// <summary>It has told what it found and waits for the word to install.</summary>
    Ending,

    /// <summary>It installs at a time that it was told, or waits for another word.</summary>
    CountingDown,

    /// <summary>It is away, restarting with the new image.</summary>
    Restarting,
}
