using DeviceHarness.Cli.Client;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Requirements;

namespace DeviceHarness.Cli.Output;

/// <summary>Requirement, case, last verdict.</summary>
/// <param name="Requirements">How many requirements there are, of every kind.</param>
/// <param name="Rows">Those that want a case.</param>
internal sealed record TracePage(int Requirements, IReadOnlyList<TraceRow> Rows)
{
    /// <summary>Makes the page.</summary>
    /// <param name="requirements">The requirements.</param>
    /// <param name="proofs">What shows those that want a case.</param>
    /// <param name="verdicts">The last verdicts by <c>pack case</c>.</param>
    public static TracePage Of(
        IReadOnlyList<Requirement> requirements, IReadOnlyList<RequirementProof> proofs,
        IReadOnlyDictionary<string, LastVerdict> verdicts) => new(
        requirements.Count,
        [
            .. requirements.Where(requirement => requirement.WantsCase).Select(requirement =>
            {
                RequirementProof proof = proofs.First(proof => proof.Item == requirement.Item);
                return new TraceRow(
                    requirement.Item, requirement.Section, requirement.Kind, requirement.Text, proof.State,
                    [.. proof.Cases.Select(name => TraceCase.Of(name, verdicts))], proof.Tests, proof.Gap);
            }),
        ]);
}

/// <summary>A requirement with what shows it.</summary>
internal sealed record TraceRow(
    int Item, string Section, RequirementKind Kind, string Text, ProofState State, IReadOnlyList<TraceCase> Cases,
    IReadOnlyList<string> Tests, string Gap);

/// <summary>A case, or all cases of the rows that it is written for, with the last verdicts.</summary>
/// <param name="Name">Pack and case.</param>
/// <param name="Verdict">The worst of the last verdicts; null when there is none.</param>
/// <param name="Counted">How many cases have a verdict.</param>
/// <param name="Count">How many cases the name stands for.</param>
/// <param name="Cycle">The newest cycle that one of them is of; empty when there is none.</param>
/// <param name="Provenance">What its devices were; null when there is none.</param>
internal sealed record TraceCase(string Name, Verdict? Verdict, int Counted, int Count, string Cycle, Provenance? Provenance)
{
    // From bad to good.
    private static readonly Verdict[] Order =
    [
        Contracts.V1.Verdict.Failed, Contracts.V1.Verdict.Error, Contracts.V1.Verdict.Inconclusive, Contracts.V1.Verdict.Blocked,
        Contracts.V1.Verdict.Skipped, Contracts.V1.Verdict.Passed,
    ];

    /// <summary>Finds the verdicts of a name.</summary>
    public static TraceCase Of(string name, IReadOnlyDictionary<string, LastVerdict> verdicts)
    {
        string[] parts = name.Split(' ');
        string[] cases =
        [
            .. PackLibrary.Find(parts[0])!.Cases.Where(testCase => testCase.IsCalled(parts[1])).Select(one => $"{parts[0]} {one.Id}"),
        ];
        LastVerdict[] found = [.. cases.Where(verdicts.ContainsKey).Select(one => verdicts[one])];
        LastVerdict? worst = found.MinBy(verdict => Array.IndexOf(Order, verdict.Verdict));
        return new TraceCase(name, worst?.Verdict, found.Length, cases.Length, worst?.Cycle ?? string.Empty, worst?.Provenance);
    }
}
