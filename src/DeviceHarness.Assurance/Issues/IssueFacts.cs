using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Issues;

/// <summary>What is known of a Testing Issue: the columns of the decision table for its severity.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 6.2.</remarks>
public sealed record IssueFacts
{
    /// <summary>Whether safety, supply, credit or security is harmed; a person says so.</summary>
    public bool Harm { get; init; }

    /// <summary>Whether the device cannot be recovered, on the HAN nor on the WAN; a person says so.</summary>
    public bool Unrecoverable { get; init; }

    /// <summary>Whether the command did what it is for.</summary>
    public EffectAchieved Effect { get; init; }

    /// <summary>How that is known; empty when it is not.</summary>
    public string EffectSource { get; init; } = string.Empty;

    /// <summary>Whether the service said so rightly and in time.</summary>
    public OutcomeReported Outcome { get; init; }

    /// <summary>How that is known; empty when it is not.</summary>
    public string OutcomeSource { get; init; } = string.Empty;

    /// <summary>Whether the cause is known: false until a person, or a known issue's definition, says so.</summary>
    public bool CauseKnown { get; init; }

    /// <summary>Whether a workaround was accepted: false until a person, or a known issue's definition, says so.</summary>
    public bool WorkaroundAccepted { get; init; }

    /// <summary>How far it reaches.</summary>
    public Spread Spread { get; init; }

    /// <summary>What kind of departure it is.</summary>
    public Departure Departure { get; init; }

    /// <summary>These facts with what another sighting knows beside: the graver of two answers holds, and what people said stays.</summary>
    public IssueFacts With(IssueFacts seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        bool takesEffect = seen.Effect > Effect;
        bool takesOutcome = seen.Outcome > Outcome;
        return this with
        {
            Effect = takesEffect ? seen.Effect : Effect,
            EffectSource = takesEffect ? seen.EffectSource : EffectSource,
            Outcome = takesOutcome ? seen.Outcome : Outcome,
            OutcomeSource = takesOutcome ? seen.OutcomeSource : OutcomeSource,
            Spread = Spread == Spread.Unknown ? seen.Spread : Spread,
        };
    }
}
