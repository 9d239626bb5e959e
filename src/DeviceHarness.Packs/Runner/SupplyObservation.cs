using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Packs.Runner;

/// <summary>What an input saw of a supply since it is looked at. Times are of the input's monotonic clock.</summary>
/// <param name="Point">Where.</param>
/// <param name="From">Since when.</param>
/// <param name="WasPresent">Whether the supply was there then.</param>
/// <param name="Now">What the input told last.</param>
/// <param name="Edges">The changes since then, oldest first.</param>
public sealed record SupplyObservation(
    SupplyPoint Point, TimeSpan From, bool WasPresent, SupplyReading Now, IReadOnlyList<SupplyEdge> Edges)
{
    /// <summary>Whether the supply was away at any time.</summary>
    public bool WasAway => !WasPresent || Edges.Any(edge => !edge.IsPresent);

    /// <summary>The longest time without supply as it was seen, one that goes on included.</summary>
    public TimeSpan LongestInterruption => Longest((off, on) => on.At - off.At);

    /// <summary>So long it was away at least, whenever between two looks it went and came, and had it been back in each gap.</summary>
    public TimeSpan LongestCertain => Longest((off, on) => Seen(off.At, on.At - on.Uncertainty));

    /// <summary>So long it was away at most, what an input did not see between two looks included.</summary>
    public TimeSpan LongestPossible
    {
        get
        {
            TimeSpan longest = Longest((off, on) => on.At - off.At + off.Uncertainty);
            return Gaps.Select(gap => gap.Length).Append(Now.Blind).Aggregate(longest, Longer);
        }
    }

    /// <summary>What was not looked at for longer than is usual since it is observed, oldest first; a gap from before that says nothing of
    /// it, one that goes on into it may begin before <see cref="From"/>.</summary>
    public IEnumerable<SupplyGap> Gaps => (Now.Gaps ?? []).Where(gap => gap.To > From);

    /// <summary>The longest piece of a time that no gap is in.</summary>
    private TimeSpan Seen(TimeSpan from, TimeSpan to)
    {
        TimeSpan longest = TimeSpan.Zero;
        foreach (SupplyGap gap in Gaps.Where(gap => gap.To > from && gap.From < to))
        {
            longest = Longer(longest, gap.From - from);
            from = gap.To;
        }

        return Longer(longest, to - from);
    }

    private TimeSpan Longest(Func<SupplyEdge, SupplyEdge, TimeSpan> length)
    {
        TimeSpan longest = TimeSpan.Zero;
        SupplyEdge? since = WasPresent ? null : new SupplyEdge(0, IsPresent: false, From);
        foreach (SupplyEdge edge in Edges)
        {
            longest = since is { } off && edge.IsPresent ? Longer(longest, length(off, edge)) : longest;
            since = edge.IsPresent ? null : since ?? edge;
        }

        return since is { } open ? Longer(longest, length(open, new SupplyEdge(0, IsPresent: true, Now.At))) : longest;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
