namespace DeviceHarness.Virtual.Supply;

/// <summary>The load limit that a virtual meter starts with.</summary>
public sealed record LoadLimitOptions
{
    /// <summary>The power from the network that is allowed, in watts (1 to 100,000).</summary>
    public int ThresholdWatts { get; init; } = 50_000;

    /// <summary>How long more is borne, in seconds (0 to 86,400).</summary>
    public int OverSeconds { get; init; } = 120;

    /// <summary>After how long the supply is connected again by itself, in seconds (0 to 86,400); 0 for never.</summary>
    public int RestoreSeconds { get; init; } = 1800;

    /// <summary>Whether the supply is cut, or only the alert given.</summary>
    public bool CutsSupply { get; init; }
}
