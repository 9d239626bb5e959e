namespace DeviceHarness.Assurance.Thresholds;

/// <summary>The kind of installation that an entry is for.</summary>
/// <remarks>Spec: project guide to the DMCT process, section 1: an installation is dormant when the responsible Supplier has no
/// contract with the SMSO for its meters, active when it has one, mixed when it holds both kinds. The numbers are stored and never
/// change.</remarks>
public enum InstallationType
{
    /// <summary>Nobody has limited it to one kind: all of them.</summary>
    Any = 0,

    /// <summary>No meter of it has a contract with the SMSO.</summary>
    Dormant = 1,

    /// <summary>Every meter of it has one.</summary>
    Active = 2,

    /// <summary>Both kinds in one installation.</summary>
    Mixed = 3,
}
