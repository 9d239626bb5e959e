using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Comparisons;

/// <summary>A case whose verdict differs between two cycles.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Title">Its title.</param>
/// <param name="First">Its verdict in the first cycle; null when the cycle does not have it.</param>
/// <param name="Second">Its verdict in the second cycle; null when the cycle does not have it.</param>
/// <param name="Reason">Why it did not pass, in whichever cycle it did not; the second cycle's when in both.</param>
/// <param name="Issues">The Testing Issues that either cycle saw in it, by id.</param>
public sealed record CaseChange(
    string CaseId, string Title, Verdict? First, Verdict? Second, string Reason, IReadOnlyList<string> Issues)
{
    /// <summary>The devices that it was for in the first cycle; empty when none is known.</summary>
    public IReadOnlyList<string> FirstDevices { get; init; } = [];

    /// <summary>The devices that it was for in the second cycle; empty when none is known.</summary>
    public IReadOnlyList<string> SecondDevices { get; init; } = [];

    /// <summary>What differs between its two runs.</summary>
    public IReadOnlyList<DifferenceCause> Causes { get; init; } = [];
}
