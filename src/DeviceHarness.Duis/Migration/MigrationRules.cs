namespace DeviceHarness.Duis.Migration;

/// <summary>How the simulated migration behaves. Everything that is an assumption can be replaced here.</summary>
/// <remarks>The three phases are of the DCC's enrolment and adoption page; that each is one file, and how an attempt ends, is this
/// project's model of them: the files themselves are not public.</remarks>
public sealed record MigrationRules
{
    /// <summary>The files of an installation, in their order: data validation, device test, commissioning.</summary>
    public const int Files = 3;

    /// <summary>The usual rules.</summary>
    public static MigrationRules Usual { get; } = new();

    /// <summary>From how long on a migration is slow, from its first file to its last.</summary>
    /// <remarks>No figure is public.</remarks>
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After how many attempts that failed an installation is left out.</summary>
    /// <remarks>Five were proposed in a public consultation of the DCC.</remarks>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>Whether files are taken in any order: a planted defect.</summary>
    public bool TakesAnyOrder { get; init; }

    /// <summary>Whether a slow migration is told as any other: a planted defect.</summary>
    public bool HidesSlowness { get; init; }

    /// <summary>Whether nobody knows the supplier of the dormant part of a mixed installation (Testing Issue 200347): a planted
    /// defect.</summary>
    public bool LosesDormantSupplier { get; init; }
}
