using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Issues;

/// <summary>One row of the decision table for a severity. A condition that is null holds whatever the fact.</summary>
/// <param name="Name">The row's name, such as <c>6.2 row 3</c>.</param>
/// <param name="Text">What the row says, in words.</param>
/// <param name="Severity">What it proposes, 1 to 5.</param>
public sealed record SeverityRule(string Name, string Text, int Severity)
{
    /// <summary>The harm that it asks for.</summary>
    public bool? Harm { get; init; }

    /// <summary>The loss of the device that it asks for.</summary>
    public bool? Unrecoverable { get; init; }

    /// <summary>The effect that it asks for.</summary>
    public EffectAchieved? Effect { get; init; }

    /// <summary>The report that it asks for.</summary>
    public OutcomeReported? Outcome { get; init; }

    /// <summary>The knowledge of the cause that it asks for.</summary>
    public bool? CauseKnown { get; init; }

    /// <summary>The workaround that it asks for.</summary>
    public bool? WorkaroundAccepted { get; init; }

    /// <summary>The spread that it asks for.</summary>
    public Spread? Spread { get; init; }

    /// <summary>The kind of departure that it asks for.</summary>
    public Departure? Departure { get; init; }

    /// <summary>Whether every condition holds.</summary>
    public bool Matches(IssueFacts facts) =>
        Holds(Harm, facts.Harm)
        && Holds(Unrecoverable, facts.Unrecoverable)
        && Holds(Effect, facts.Effect)
        && Holds(Outcome, facts.Outcome)
        && Holds(CauseKnown, facts.CauseKnown)
        && Holds(WorkaroundAccepted, facts.WorkaroundAccepted)
        && Holds(Spread, facts.Spread)
        && Holds(Departure, facts.Departure);

    private static bool Holds<T>(T? condition, T fact)
        where T : struct => condition is not { } wanted || EqualityComparer<T>.Default.Equals(wanted, fact);
}
