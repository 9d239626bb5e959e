namespace DeviceHarness.Virtual.Gsme;

/// <summary>When a sleepy gas meter is awake.</summary>
public sealed record GasWakeOptions
{
    /// <summary>How often it wakes (10 s to 24 h).</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long it listens after it woke, and again after each message (100 ms to 5 min).</summary>
    public TimeSpan Listens { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it stays awake when a mirror says that it should (0 to 1 h).</summary>
    public TimeSpan StaysAwake { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The shortest fast-poll period that it grants, in seconds (1 to 255).</summary>
    public byte FastPollSeconds { get; init; } = 2;
}
