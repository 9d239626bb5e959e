namespace DeviceHarness.Virtual.Gsme;

/// <summary>The battery of a gas meter and what drains it.</summary>
public sealed record GasBatteryOptions
{
    /// <summary>What a new one holds, in microampere hours (1,000 to 100,000,000).</summary>
    public int CapacityMicroampHours { get; init; } = 8_000_000;

    /// <summary>What was taken from it before the meter starts, in microampere hours (0 to the capacity).</summary>
    public int UsedMicroampHours { get; init; }

    /// <summary>What the sleeping meter takes, in microamperes (0 to 100,000).</summary>
    public int SleepMicroamps { get; init; } = 15;

    /// <summary>What the waking meter takes, in microamperes (0 to 100,000).</summary>
    public int AwakeMicroamps { get; init; } = 4_000;

    /// <summary>Below how much of the capacity it is low, in percent (0 to 100).</summary>
    public int LowPercent { get; init; } = 10;
}
