namespace DeviceHarness.Virtual.Gsme;

/// <summary>The gas of one interval as a log tells it.</summary>
/// <param name="End">When it ended, by the meter's clock.</param>
/// <param name="IsTimeKnown">Whether the meter trusted its clock.</param>
/// <param name="Dm3">In cubic decimetres; null for one that the log does not have.</param>
internal readonly record struct GasUse(DateTimeOffset End, bool IsTimeKnown, long? Dm3);

/// <summary>What a log holds of intervals of one length, one following the other: where it lacks one, there is one without a
/// value.</summary>
/// <param name="interval">The length.</param>
/// <param name="count">How many rows the log has.</param>
/// <param name="row">A row; 0 is the oldest.</param>
internal sealed class GasSeries(TimeSpan interval, Func<int> count, Func<int, GasUse> row)
{
    /// <summary>The length of an interval.</summary>
    public TimeSpan Interval => interval;

    /// <summary>The oldest intervals that begin no sooner than a moment.</summary>
    /// <param name="begin">The moment.</param>
    /// <param name="most">The most.</param>
    public IReadOnlyList<GasUse> From(DateTimeOffset begin, int most)
    {
        int first = count();
        while (first > 0 && row(first - 1).End - interval >= begin)
        {
            first--;
        }

        List<GasUse> found = [];
        for (int index = first; index < count() && found.Count < most; index++)
        {
            GasUse use = row(index);
            Bridge(found, use, most, interval);
        }

        return found;
    }

    /// <summary>The newest intervals that ended no later than a moment, the newest first.</summary>
    /// <param name="end">The moment.</param>
    /// <param name="most">The most.</param>
    public IReadOnlyList<GasUse> Until(DateTimeOffset end, int most)
    {
        List<GasUse> found = [];
        for (int index = count() - 1; index >= 0 && found.Count < most; index--)
        {
            GasUse use = row(index);
            if (use.End <= end)
            {
                Bridge(found, use, most, -interval);
            }
        }

        return found;
    }

    // A row of a time that was told already comes of a clock that was set: the one told first stays.
    private static void Bridge(List<GasUse> found, GasUse use, int most, TimeSpan step)
    {
        while (found.Count > 0 && found.Count < most && (use.End - found[^1].End) / step > 1)
        {
            found.Add(found[^1] with { End = found[^1].End + step, Dm3 = null });
        }

        bool isNext = found.Count == 0 || (use.End - found[^1].End) / step >= 1;
        if (isNext && found.Count < most)
        {
            found.Add(use);
        }
    }
}
