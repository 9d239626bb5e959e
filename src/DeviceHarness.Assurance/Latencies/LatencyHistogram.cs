using System.Numerics;

namespace DeviceHarness.Assurance.Latencies;

/// <summary>How often each time was measured, in log-linear buckets, so that histograms of any cycles add up.</summary>
/// <remarks>A sample is taken in whole microseconds, rounded up. Up to 63 us each time has its bucket; above, every power of two is cut
/// into 32 of equal width. A percentile is by nearest rank and names the end of its bucket, but never more than the longest sample: it is
/// never below the percentile of the samples, and above it by less than 1/32 of it and one microsecond (3.2 %). Count, sum, shortest and
/// longest are exact. A merged histogram equals, bucket by bucket, that of all samples together.</remarks>
public sealed class LatencyHistogram
{
    /// <summary>The longest time that has a bucket of its own kind, in microseconds (over 19 hours); a longer one counts in the last.
    /// </summary>
    public const long MaximumMicroseconds = (1L << 36) - 1;

    private const int SubBucketBits = 5;

    private readonly SortedDictionary<int, long> _counts;

    private LatencyHistogram(SortedDictionary<int, long> counts, long count, TimeSpan sum, TimeSpan shortest, TimeSpan longest)
    {
        _counts = counts;
        (Count, Sum, Shortest, Longest) = (count, sum, shortest, longest);
    }

    /// <summary>How many samples there are.</summary>
    public long Count { get; }

    /// <summary>All samples together, exact.</summary>
    public TimeSpan Sum { get; }

    /// <summary>The shortest sample, exact; zero when there is none.</summary>
    public TimeSpan Shortest { get; }

    /// <summary>The longest sample, exact; zero when there is none.</summary>
    public TimeSpan Longest { get; }

    /// <summary>The buckets that hold samples, by rising time.</summary>
    public IReadOnlyList<LatencyBucket> Buckets =>
        [.. _counts.Select(entry => new LatencyBucket(LowerOf(entry.Key), LowerOf(entry.Key + 1) - 1, entry.Value))];

    /// <summary>Counts samples; a negative one counts as zero.</summary>
    public static LatencyHistogram Of(IEnumerable<TimeSpan> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        SortedDictionary<int, long> counts = [];
        (long count, TimeSpan sum, TimeSpan shortest, TimeSpan longest) = (0, TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.Zero);
        foreach (TimeSpan sample in samples)
        {
            TimeSpan time = sample < TimeSpan.Zero ? TimeSpan.Zero : sample;
            int bucket = IndexOf((time.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond);
            counts[bucket] = counts.GetValueOrDefault(bucket) + 1;
            (count, sum) = (count + 1, sum + time);
            shortest = time < shortest ? time : shortest;
            longest = time > longest ? time : longest;
        }

        return new LatencyHistogram(counts, count, sum, count == 0 ? TimeSpan.Zero : shortest, longest);
    }

    /// <summary>Adds histograms up.</summary>
    public static LatencyHistogram Merge(IEnumerable<LatencyHistogram> histograms)
    {
        LatencyHistogram[] filled = [.. histograms.Where(histogram => histogram.Count > 0)];
        SortedDictionary<int, long> counts = [];
        foreach ((int bucket, long count) in filled.SelectMany(histogram => histogram._counts))
        {
            counts[bucket] = counts.GetValueOrDefault(bucket) + count;
        }

        return new LatencyHistogram(
            counts,
            filled.Sum(histogram => histogram.Count),
            filled.Aggregate(TimeSpan.Zero, (sum, histogram) => sum + histogram.Sum),
            filled.Select(histogram => histogram.Shortest).DefaultIfEmpty().Min(),
            filled.Select(histogram => histogram.Longest).DefaultIfEmpty().Max());
    }

    /// <summary>The time that at least so many percent of the samples do not exceed, by the end of its bucket.</summary>
    /// <param name="percent">1 to 100; 100 is exact.</param>
    /// <returns>Zero when there are no samples.</returns>
    public TimeSpan PercentileOf(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(percent, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        long left = (long)(((((Int128)Count) * percent) + 99) / 100);
        foreach ((int bucket, long count) in _counts)
        {
            left -= count;
            if (left <= 0)
            {
                TimeSpan upper = TimeSpan.FromMicroseconds(LowerOf(bucket + 1) - 1);
                return percent == 100 || upper > Longest ? Longest : upper;
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>The bucket of a time.</summary>
    internal static int IndexOf(long microseconds)
    {
        long time = Math.Min(microseconds, MaximumMicroseconds);
        int shift = Math.Max(0, BitOperations.Log2((ulong)Math.Max(1, time)) - SubBucketBits);
        return (shift << SubBucketBits) + (int)(time >> shift);
    }

    /// <summary>The shortest time of a bucket, in microseconds.</summary>
    internal static long LowerOf(int index)
    {
        int shift = Math.Max(0, (index >> SubBucketBits) - 1);
        return (long)(index - (shift << SubBucketBits)) << shift;
    }
}
