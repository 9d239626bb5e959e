namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>How fit a rig is for work, the fittest first.</summary>
internal enum RigFitness
{
    /// <summary>Every port of the rig is open.</summary>
    Healthy,

    /// <summary>The rig was not asked, or has not answered yet.</summary>
    Unknown,

    /// <summary>A port is not open, or the rig or a device that was asked did not answer.</summary>
    Sick,

    /// <summary>The rig was taken out, whatever its health.</summary>
    Quarantined,
}

/// <summary>What is known of a rig's health.</summary>
/// <param name="Fitness">How fit it is.</param>
/// <param name="Reason">Why it is sick, for a person to read; empty when it is not.</param>
internal sealed record RigHealthState(RigFitness Fitness, string Reason)
{
    /// <summary>Nothing is known.</summary>
    public static readonly RigHealthState Unknown = new(RigFitness.Unknown, string.Empty);

    /// <summary>Every port is open.</summary>
    public static readonly RigHealthState Healthy = new(RigFitness.Healthy, string.Empty);

    /// <summary>The words for people: <c>unknown</c>, <c>healthy</c>, or <c>sick</c> and why.</summary>
    public override string ToString() => Fitness switch
    {
        RigFitness.Healthy => "healthy",
        RigFitness.Sick => $"sick: {Reason}",
        _ => "unknown",
    };
}
