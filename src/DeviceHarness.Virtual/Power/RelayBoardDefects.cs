namespace DeviceHarness.Virtual.Power;

/// <summary>What can be wrong with a virtual relay board.</summary>
[Flags]
public enum RelayBoardDefects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It takes commands and reads back what it was told, and no contact moves.</summary>
    Stuck = 1,

    /// <summary>It does what it is told and answers nothing.</summary>
    Silent = 2,

    /// <summary>It does what it is told; the checksum of its answers is wrong.</summary>
    BadCrc = 4,

    /// <summary>A coil that was driven for a while drops by itself.</summary>
    Forgets = 8,
}
