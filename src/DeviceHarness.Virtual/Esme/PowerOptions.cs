namespace DeviceHarness.Virtual.Esme;

/// <summary>How a virtual meter behaves when the bench takes its power away.</summary>
public sealed record PowerOptions
{
    /// <summary>How long the power is off when the model or a defect cuts it.</summary>
    public TimeSpan OffTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether the clock runs on without power; otherwise the meter comes back in 2000, and says that its time is
    /// invalid.</summary>
    public bool IsClockKept { get; init; } = true;

    /// <summary>How long the battery keeps the clock, all outages together.</summary>
    public TimeSpan BatteryCapacity { get; init; } = TimeSpan.FromDays(730);

    /// <summary>What of that is used already.</summary>
    public TimeSpan BatteryUsed { get; init; } = TimeSpan.Zero;

    /// <summary>The rest at which the battery counts as low, in percent (0 to 100).</summary>
    public int BatteryLowPercent { get; init; } = 10;
}
