using DeviceHarness.Assurance.Thresholds;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>What a cycle was run for, as a person said.</summary>
/// <param name="Kind">The set that it belongs to.</param>
/// <param name="Scope">The entry that it is for.</param>
public sealed record CyclePurpose(CycleKind Kind, EntryScope Scope)
{
    /// <summary>The longest name of a Device Model Combination, in characters.</summary>
    public const int MaximumText = 200;

    /// <summary>Nobody said anything.</summary>
    public static CyclePurpose None { get; } = new(CycleKind.Unstated, EntryScope.Whole);

    /// <summary>The entries that its open issues are held against: the one that it is for, else each kind of installation.</summary>
    public IReadOnlyList<EntryScope> Entries =>
        Scope.Installation == InstallationType.Any ? EntryScope.EachOf(Scope.Dmc) : [Scope];

    /// <summary>Such as <c>regression, for dormant installations of DMC 002255</c>.</summary>
    public override string ToString()
    {
        string kind = Kind switch
        {
            CycleKind.Functional => "functional set",
            CycleKind.Eoc => "end-of-cycle set",
            CycleKind.Regression => "regression",
            _ => "set not stated",
        };
        return Scope == EntryScope.Whole ? kind : $"{kind}, for {Scope}";
    }
}
