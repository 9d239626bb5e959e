using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Agent.Power;

/// <summary>Makes changes of a supply of values that are measured again and again. One caller at a time.</summary>
/// <remarks>A change is told at the look that first showed it; it may have been at any time since the last look that showed the supply
/// clearly as it was before.</remarks>
/// <param name="onAt">The supply is there from this value up.</param>
/// <param name="offAt">It is away from this value down; between the two it is what it was.</param>
/// <param name="usual">So long a time between two looks is usual; what is longer is told by itself, so that it counts only for who looked
/// on meanwhile.</param>
internal sealed class SupplySampler(double onAt, double offAt, TimeSpan usual)
{
    /// <summary>The changes that are kept, oldest first out.</summary>
    public const int KeptEdges = 256;

    /// <summary>The gaps that are kept; of more the two oldest become one.</summary>
    public const int KeptGaps = 64;

    private readonly Queue<SupplyEdge> _edges = new();
    private readonly List<SupplyGap> _gaps = [];
    private TimeSpan? _last;
    private TimeSpan _lastAsked;
    private TimeSpan _lastClear;
    private long _sequence;

    /// <summary>Whether the supply is there; null while no value has said so clearly.</summary>
    public bool? IsPresent { get; private set; }

    /// <summary>When it was looked last.</summary>
    public TimeSpan At => _last ?? TimeSpan.Zero;

    /// <summary>The longest time between two looks that was usual.</summary>
    public TimeSpan LongestUsual { get; private set; }

    /// <summary>The times between two looks that were longer than is usual, oldest first.</summary>
    public IReadOnlyList<SupplyGap> Gaps => [.. _gaps];

    /// <summary>The changes that are still known, oldest first.</summary>
    public IReadOnlyList<SupplyEdge> Edges => [.. _edges];

    /// <summary>Takes a value.</summary>
    /// <param name="from">When it may have been measured at the earliest, on the input's monotonic clock.</param>
    /// <param name="at">When it was there.</param>
    /// <param name="value">The value.</param>
    public void Take(TimeSpan from, TimeSpan at, double value)
    {
        if (_last is not null)
        {
            // From before one question to the end of the next.
            Unseen(new SupplyGap(_lastAsked, at));
        }

        (_last, _lastAsked) = (at, from);
        bool? clear = value >= onAt ? true : value <= offAt ? false : null;
        if (clear is bool isPresent)
        {
            if (IsPresent is bool was && was != isPresent)
            {
                _edges.Enqueue(new SupplyEdge(++_sequence, isPresent, at) { Uncertainty = at - _lastClear });
                if (_edges.Count > KeptEdges)
                {
                    _edges.Dequeue();
                }
            }

            IsPresent = isPresent;
            _lastClear = from;
        }
    }

    private void Unseen(SupplyGap gap)
    {
        if (gap.Length <= usual)
        {
            LongestUsual = gap.Length > LongestUsual ? gap.Length : LongestUsual;
            return;
        }

        _gaps.Add(gap);
        if (_gaps.Count > KeptGaps)
        {
            // Longer than it was, never shorter: what cannot be told apart any more counts as unseen.
            _gaps[1] = new SupplyGap(_gaps[0].From, _gaps[1].To);
            _gaps.RemoveAt(0);
        }
    }
}
