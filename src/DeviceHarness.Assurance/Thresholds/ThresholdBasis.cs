namespace DeviceHarness.Assurance.Thresholds;

/// <summary>Which issues an evaluation counts.</summary>
public enum ThresholdBasis
{
    /// <summary>Those that a real device showed: the only ones that count towards a threshold.</summary>
    Evidence,

    /// <summary>Those that only virtual or replayed devices showed as well: a rehearsal, evidence for nothing.</summary>
    Rehearsal,
}
