namespace DeviceHarness.Virtual.Supply;

/// <summary>A time without the supply that one device gives to another.</summary>
/// <param name="Since">When it began, true time.</param>
/// <param name="Until">When it ended or will end, true time; null while nobody knows.</param>
public readonly record struct SupplyInterruption(DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>Whether the supply is away at a moment.</summary>
    /// <param name="moment">The moment, true time.</param>
    public bool Covers(DateTimeOffset moment) => moment >= Since && (Until is not DateTimeOffset end || moment < end);

    /// <summary>How long it lasted up to a moment.</summary>
    /// <param name="moment">The moment, true time.</param>
    public TimeSpan DurationAt(DateTimeOffset moment)
    {
        DateTimeOffset end = Until is DateTimeOffset known && known < moment ? known : moment;
        return end > Since ? end - Since : TimeSpan.Zero;
    }
}
