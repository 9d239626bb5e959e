namespace DeviceHarness.Assurance.Latencies;

/// <summary>Percentiles by nearest rank: always a value that was measured.</summary>
public static class Percentile
{
    /// <summary>The smallest sample that at least so many percent of all samples do not exceed.</summary>
    /// <param name="samples">The samples, in any order.</param>
    /// <param name="percent">1 to 100.</param>
    /// <returns>Zero when there are no samples.</returns>
    public static TimeSpan Of(IEnumerable<TimeSpan> samples, int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        TimeSpan[] sorted = [.. samples.Order()];
        long rank = (((long)sorted.Length * percent) + 99) / 100;
        return sorted.Length == 0 ? TimeSpan.Zero : sorted[rank - 1];
    }
}
