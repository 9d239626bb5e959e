namespace DeviceHarness.Packs.Model;

/// <summary>Which steps of a case tell what a request did, and what the service said of it.</summary>
/// <param name="EffectSteps">The steps that together show whether the effect was achieved, such as a read-back; from 1, empty when none
/// does.</param>
/// <param name="OutcomeStep">The step in which the service reports the outcome, by a code or its status log; from 1, null when none
/// does.</param>
/// <param name="IsOutcomeByCode">Whether the code of the last answer among <paramref name="EffectSteps"/> reports the outcome, apart from
/// the values that it came with.</param>
public sealed record Assessment(IReadOnlyList<int> EffectSteps, int? OutcomeStep, bool IsOutcomeByCode)
{
    /// <summary>The word for an outcome that the code of the answer reports.</summary>
    public const string ByCode = "code";

    /// <summary>Nothing tells.</summary>
    public static Assessment None { get; } = new(EffectSteps: [], OutcomeStep: null, IsOutcomeByCode: false);
}
