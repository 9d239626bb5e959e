namespace DeviceHarness.Assurance.Cycles;

/// <summary>Which set of a test phase a cycle belongs to.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 3.3. The numbers are stored and never change.</remarks>
public enum CycleKind
{
    /// <summary>Nobody has said.</summary>
    Unstated = 0,

    /// <summary>The functional set.</summary>
    Functional = 1,

    /// <summary>The end-of-cycle set.</summary>
    Eoc = 2,

    /// <summary>Regression: that what worked before still does.</summary>
    Regression = 3,
}
