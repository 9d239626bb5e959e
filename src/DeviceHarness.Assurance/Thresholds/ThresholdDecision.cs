namespace DeviceHarness.Assurance.Thresholds;

/// <summary>A threshold set that a person took into use.</summary>
/// <param name="Set">The set.</param>
/// <param name="Who">Who took it into use; not empty.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Time">When, in UTC.</param>
public sealed record ThresholdDecision(ThresholdSet Set, string Who, string Reason, DateTimeOffset Time)
{
    /// <summary>The set in force at a moment: the last one taken into use by then, else <see cref="ThresholdSet.Default"/>.</summary>
    /// <param name="decisions">All decisions, oldest first.</param>
    /// <param name="moment">The moment, in UTC.</param>
    public static ThresholdSet InForce(IEnumerable<ThresholdDecision> decisions, DateTimeOffset moment) =>
        decisions.LastOrDefault(decision => decision.Time <= moment)?.Set ?? ThresholdSet.Default;

    /// <summary>Why it cannot be made; empty when it can.</summary>
    public string WhyNot() =>
        Who.Length == 0 || Reason.Length == 0 ? "a threshold set needs who takes it into use and a reason" : Set.WhyNot();
}
