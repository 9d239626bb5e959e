namespace DeviceHarness.Duis.Bodies.Reads;

/// <summary>What the entries of a gas meter's log come to: to hold one log against another.</summary>
internal static class GasTotals
{
    /// <summary>Adds sum, number of entries without a value, and the times of the first and the last entry.</summary>
    internal static void AddTo(BodyValues values, IReadOnlyList<(DateTimeOffset? Timestamp, decimal? Value)> entries)
    {
        values.Add("LogEntry.Sum", entries.Sum(entry => entry.Value ?? 0))
            .Add("LogEntry.Missing", entries.Count(entry => entry.Value is null));
        if (entries.Count > 0)
        {
            values.Add("LogEntry.First", entries[0].Timestamp).Add("LogEntry.Last", entries[^1].Timestamp);
        }
    }
}
