namespace DeviceHarness.Assurance.Thresholds;

/// <summary>What an entry is for, or what an issue is limited to: a Device Model Combination and a kind of installation.</summary>
/// <param name="Dmc">The Device Model Combination's id; empty when none is stated, which limits nothing.</param>
/// <param name="Installation">The kind of installation; <see cref="InstallationType.Any"/> limits nothing.</param>
public sealed record EntryScope(string Dmc, InstallationType Installation)
{
    /// <summary>Limited by nothing.</summary>
    public static EntryScope Whole { get; } = new(string.Empty, InstallationType.Any);

    /// <summary>The scopes of one combination by kind of installation: dormant, active, mixed.</summary>
    /// <param name="dmc">The combination; empty for all.</param>
    public static IReadOnlyList<EntryScope> EachOf(string dmc) =>
        [new(dmc, InstallationType.Dormant), new(dmc, InstallationType.Active), new(dmc, InstallationType.Mixed)];

    /// <summary>Whether an issue limited to one of the two applies to an entry for the other.</summary>
    /// <remarks>What nobody stated excludes nothing. Spec: project guide to the DMCT process, section 3.1, guard G6: an issue limited to
    /// one kind of installation stands against entries of that kind only.</remarks>
    public bool Meets(EntryScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        bool sameDmc = Dmc.Length == 0 || other.Dmc.Length == 0 || Dmc == other.Dmc;
        bool sameInstallation =
            Installation == InstallationType.Any || other.Installation == InstallationType.Any || Installation == other.Installation;
        return sameDmc && sameInstallation;
    }

    /// <summary>Such as <c>mixed installations of DMC 002255</c>.</summary>
    public override string ToString()
    {
        string installation = Installation == InstallationType.Any
            ? "all installations"
            : $"{Installation.ToString().ToLowerInvariant()} installations";
        return Dmc.Length == 0 ? installation : $"{installation} of DMC {Dmc}";
    }
}
