using DeviceHarness.Abstractions.Power;

namespace DeviceHarness.Virtual.Supply;

/// <summary>The supply that one device gives to another, such as a meter to the comms hub on it: what a supply-sense input at the terminal
/// would see.</summary>
/// <remarks>Safe for use from any thread: the giver switches it in its own pump, the taker looks from its own.</remarks>
public sealed class SupplyFeed
{
    /// <summary>How many interruptions are remembered; the oldest makes room.</summary>
    public const int Capacity = 64;

    private readonly Lock _gate = new();
    private readonly List<SupplyInterruption> _interruptions = [];
    private long _forgotten;

    /// <summary>A supply that is never away.</summary>
    public static SupplyFeed Mains => new();

    /// <summary>The interruptions, oldest first; none overlaps another.</summary>
    public IReadOnlyList<SupplyInterruption> Interruptions
    {
        get
        {
            lock (_gate)
            {
                return [.. _interruptions];
            }
        }
    }

    /// <summary>Takes the supply away. Where it is away already, it stays so for the longer of the two times.</summary>
    /// <param name="since">From when, true time.</param>
    /// <param name="until">Until when, true time; null until <see cref="Restore"/>.</param>
    public void Interrupt(DateTimeOffset since, DateTimeOffset? until)
    {
        lock (_gate)
        {
            if (_interruptions.Count > 0 && _interruptions[^1] is var last && last.Covers(since))
            {
                bool isLonger = last.Until is DateTimeOffset end && (until is null || until > end);
                _interruptions[^1] = isLonger ? last with { Until = until } : last;
                return;
            }

            if (_interruptions.Count == Capacity)
            {
                _interruptions.RemoveAt(0);
                _forgotten++;
            }

            _interruptions.Add(new SupplyInterruption(since, until));
        }
    }

    /// <summary>Gives the supply back; nothing happens when it is there.</summary>
    /// <param name="at">When, true time.</param>
    public void Restore(DateTimeOffset at)
    {
        lock (_gate)
        {
            if (_interruptions.Count > 0 && _interruptions[^1].Covers(at))
            {
                _interruptions[^1] = _interruptions[^1] with { Until = at };
            }
        }
    }

    /// <summary>What an input at the feed has seen up to a moment; an end that is still to come is not seen yet.</summary>
    /// <param name="source">Which run of the input it is.</param>
    /// <param name="now">The moment, true time.</param>
    /// <param name="origin">The zero of the input's clock, true time.</param>
    public SupplyReading ReadAt(string source, DateTimeOffset now, DateTimeOffset origin)
    {
        lock (_gate)
        {
            List<SupplyEdge> edges = [];
            for (int index = 0; index < _interruptions.Count; index++)
            {
                SupplyInterruption gap = _interruptions[index];
                long sequence = ((_forgotten + index) * 2) + 1;
                if (gap.Since <= now)
                {
                    edges.Add(new SupplyEdge(sequence, IsPresent: false, gap.Since - origin));
                }

                if (gap.Until is DateTimeOffset end && end <= now)
                {
                    edges.Add(new SupplyEdge(sequence + 1, IsPresent: true, end - origin));
                }
            }

            return new SupplyReading(source, now - origin, edges.Count == 0 || edges[^1].IsPresent, edges);
        }
    }
}
