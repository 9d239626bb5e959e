using System.Text.Json.Serialization;

namespace DeviceHarness.Abstractions.Power;

/// <summary>A change of a supply.</summary>
/// <param name="Sequence">Its number, from 1; a jump means that changes were lost.</param>
/// <param name="IsPresent">Whether the supply is there from now on.</param>
/// <param name="At">When, by the input's monotonic clock; of an input that is asked again and again, when it was first seen.</param>
public sealed record SupplyEdge(long Sequence, bool IsPresent, TimeSpan At)
{
    /// <summary>How much earlier it may have been; zero for a change that was stamped as it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TimeSpan Uncertainty { get; init; }
}
