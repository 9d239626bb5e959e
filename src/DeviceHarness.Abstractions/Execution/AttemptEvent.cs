namespace DeviceHarness.Abstractions.Execution;

/// <summary>Something that happened in an attempt, in the order in which the agent journals it.</summary>
public abstract record AttemptEvent
{
    /// <summary>When it happened, in UTC.</summary>
    public required DateTimeOffset Time { get; init; }
}
