using System.Text.Json.Serialization;

namespace DeviceHarness.Abstractions.Power;

/// <summary>What an input saw of a supply.</summary>
/// <param name="Source">Which run of the input it is from: after another start neither stamps nor numbers go on. Not empty.</param>
/// <param name="At">When it was read, by the input's monotonic clock.</param>
/// <param name="IsPresent">Whether the supply was there then.</param>
/// <param name="Edges">The changes that the input still remembers, oldest first.</param>
public sealed record SupplyReading(string Source, TimeSpan At, bool IsPresent, IReadOnlyList<SupplyEdge> Edges)
{
    /// <summary>The longest time between two looks of an input that is asked again and again, those in <see cref="Gaps"/> aside: what came
    /// and went meanwhile went unseen. Zero for an input whose changes are stamped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Blind { get; init; }

    /// <summary>The times without a look that were longer than is usual, oldest first; null where there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SupplyGap>? Gaps { get; init; }

    /// <summary>What was measured, for a person; null for an input that only tells whether the supply is there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measured { get; init; }

    /// <summary>The number of the last change; 0 before the first.</summary>
    public long LastSequence => Edges.Count == 0 ? 0 : Edges[^1].Sequence;
}
