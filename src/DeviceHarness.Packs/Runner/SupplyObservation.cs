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

    /// <summary>The longest time without supply, one that goes on included.</summary>
    public TimeSpan LongestInterruption
    {
        get
        {
            TimeSpan longest = TimeSpan.Zero;
            TimeSpan? since = WasPresent ? null : From;
            foreach (SupplyEdge edge in Edges)
            {
                longest = since is TimeSpan off && edge.IsPresent && edge.At - off > longest ? edge.At - off : longest;
                since = edge.IsPresent ? null : since ?? edge.At;
            }

            return since is TimeSpan open && Now.At - open > longest ? Now.At - open : longest;
        }
    }
}
