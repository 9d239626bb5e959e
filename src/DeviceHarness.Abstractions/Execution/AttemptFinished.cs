namespace DeviceHarness.Abstractions.Execution;

/// <summary>The attempt ended.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Reason">Why, when it did not pass; otherwise empty.</param>
/// <param name="Elapsed">How long it took, on the monotonic clock.</param>
/// <param name="OctetsToDevice">The octets that the attempt sent to ports.</param>
/// <param name="OctetsFromDevice">The octets that it received from ports.</param>
public sealed record AttemptFinished(
    Verdict Verdict, string Reason, TimeSpan Elapsed, long OctetsToDevice, long OctetsFromDevice) : AttemptEvent
{
    /// <summary>What the attempt says for a Testing Issue; null when it did not fail, or when its agent does not say.</summary>
    public IssueEvidence? Issue { get; init; }
}
