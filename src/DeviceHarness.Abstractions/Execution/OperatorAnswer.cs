namespace DeviceHarness.Abstractions.Execution;

/// <summary>What the person at the bench answered.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, in UTC.</param>
/// <param name="Value">What was entered, as it was; empty when nothing was to be.</param>
public sealed record OperatorAnswer(string By, DateTimeOffset At, string Value)
{
    /// <summary>The picture that came with it; null when none did.</summary>
    public OperatorPicture? Picture { get; init; }
}
