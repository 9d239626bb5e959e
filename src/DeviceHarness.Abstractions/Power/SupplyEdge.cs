namespace DeviceHarness.Abstractions.Power;

/// <summary>A change of a supply.</summary>
/// <param name="Sequence">Its number, from 1; a jump means that changes were lost.</param>
/// <param name="IsPresent">Whether the supply is there from now on.</param>
/// <param name="At">When, by the input's monotonic clock.</param>
public sealed record SupplyEdge(long Sequence, bool IsPresent, TimeSpan At);
