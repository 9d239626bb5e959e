namespace DeviceHarness.Store.Sqlite;

/// <summary>Moments as the file holds them.</summary>
internal static class Moment
{
    /// <summary>The moment of UTC ticks.</summary>
    public static DateTimeOffset Of(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>The moment of UTC ticks, or null.</summary>
    public static DateTimeOffset? Of(long? ticks) => ticks is { } value ? Of(value) : null;
}
