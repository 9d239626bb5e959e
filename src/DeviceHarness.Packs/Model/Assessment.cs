namespace DeviceHarness.Packs.Model;

/// <summary>Which steps of a case tell what a request did, and what the service said of it.</summary>
/// <param name="EffectStep">The step that shows whether the effect was achieved, such as a read-back; from 1, null when none does.</param>
/// <param name="OutcomeStep">The step in which the service reports the outcome, by a code or its status log; from 1, null when none
/// does.</param>
public sealed record Assessment(int? EffectStep, int? OutcomeStep)
{
    /// <summary>Nothing tells.</summary>
    public static Assessment None { get; } = new(EffectStep: null, OutcomeStep: null);
}
