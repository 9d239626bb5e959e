using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Issues;

/// <summary>What people said of an issue beside its severity: what it is limited to, whether it counts, where it was known
/// before.</summary>
public sealed record IssueStanding
{
    /// <summary>The field of history for <see cref="Dmc"/>.</summary>
    public const string DmcField = "dmc";

    /// <summary>The field of history for <see cref="Installation"/>.</summary>
    public const string InstallationField = "installation";

    /// <summary>The field of history for <see cref="NotCountedReason"/>.</summary>
    public const string NotCountedField = "not-counted";

    /// <summary>The field of history for <see cref="EarlierPhase"/>.</summary>
    public const string EarlierPhaseField = "earlier-phase";

    /// <summary>The field of history for <see cref="ProductionDefect"/>.</summary>
    public const string ProductionDefectField = "production-defect";

    /// <summary>Nobody said anything: it applies to every entry, counts, and was found in this phase.</summary>
    public static IssueStanding None { get; } = new();

    /// <summary>The Device Model Combination that it is limited to; empty when it is not.</summary>
    public string Dmc { get; init; } = string.Empty;

    /// <summary>The kind of installation that it is limited to.</summary>
    public InstallationType Installation { get; init; }

    /// <summary>Why it is not counted against a threshold; empty when it is counted.</summary>
    /// <remarks>Spec: project guide to the DMCT process, section 4, 20.29.</remarks>
    public string NotCountedReason { get; init; } = string.Empty;

    /// <summary>Who decided that it is not counted, with the forum; empty when it is counted.</summary>
    public string NotCountedBy { get; init; } = string.Empty;

    /// <summary>The phase in which it was found before this one, such as <c>IOC SIT</c>; empty when it was found in this one. It stays
    /// whatever becomes of the issue.</summary>
    public string EarlierPhase { get; init; } = string.Empty;

    /// <summary>The reference of the production defect that it is; empty when none is known.</summary>
    public string ProductionDefect { get; init; } = string.Empty;

    /// <summary>The entries that it applies to.</summary>
    public EntryScope Scope => new(Dmc, Installation);

    /// <summary>Whether it counts against a threshold.</summary>
    public bool IsCounted => NotCountedReason.Length == 0;

    /// <summary>What differs from another standing: the field of history, the old value, the new one.</summary>
    public IEnumerable<(string Field, string Old, string New)> ChangesFrom(IssueStanding before)
    {
        ArgumentNullException.ThrowIfNull(before);
        (string Field, string Old, string New)[] fields =
        [
            (DmcField, before.Dmc, Dmc),
            (InstallationField, before.Installation.ToString(), Installation.ToString()),
            (NotCountedField, before.NotCountedReason, NotCountedReason),
            (EarlierPhaseField, before.EarlierPhase, EarlierPhase),
            (ProductionDefectField, before.ProductionDefect, ProductionDefect),
        ];
        return fields.Where(field => field.Old != field.New);
    }
}
