using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>Names the culprit by the verdicts alone: the row of the matrix that says exactly what was seen.</summary>
/// <param name="matrix">The matrix.</param>
public sealed class BlindJudge(DetectionMatrix matrix)
{
    /// <summary>How many cases a seed draws besides those that tell the defects apart.</summary>
    public const int OtherCases = 10;

    /// <summary>The cases that tell the defects apart, and some others that the seed draws.</summary>
    /// <param name="suite">All cases.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="others">How many others.</param>
    public IReadOnlyList<SelfTestCase> Choose(SelfTestSuite suite, int seed, int others)
    {
        ArgumentNullException.ThrowIfNull(suite);
        HashSet<string> probes = [.. matrix.Probes()];
        SelfTestCase[] rest = [.. suite.Cases.Where(testCase => !probes.Contains(testCase.Name))];
        Random random = new(seed);
        random.Shuffle(rest);
        HashSet<SelfTestCase> drawn = [.. rest.Take(others)];
        return [.. suite.Cases.Where(testCase => probes.Contains(testCase.Name) || drawn.Contains(testCase))];
    }

    /// <summary>Has one case after the other run, each time the one that tells most of the defects apart that are still possible, until
    /// nothing is left to tell apart.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="suite">All cases.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The judgement, and the cases that it took.</returns>
    public async Task<(Judgement Judgement, IReadOnlyList<SelfTestOutcome> Outcomes)> AskAsync(
        BlindBench bench, SelfTestSuite suite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bench);
        ArgumentNullException.ThrowIfNull(suite);
        Dictionary<string, SelfTestCase> cases = suite.Cases.ToDictionary(testCase => testCase.Name);
        DetectionMatrix possible = matrix;
        List<SelfTestOutcome> seen = [];
        while (possible.BestProbe(isSoundPossible: seen.TrueForAll(outcome => outcome.Verdict != Verdict.Failed)) is { } next)
        {
            SelfTestOutcome outcome = (await bench.RunAsync([cases[next]], cancellationToken).ConfigureAwait(false))[0];
            seen.Add(outcome);
            HashSet<DetectionMark> shown = outcome.Verdict == Verdict.Failed ? [DetectionMark.Of(outcome)] : [];
            HashSet<string> ran = [next];
            possible = new DetectionMatrix([.. possible.Rows.Where(row => row.Among(ran).SetEquals(shown))]);
        }

        return (Judge(seen), seen);
    }

    /// <summary>Judges what was seen.</summary>
    /// <param name="outcomes">Every case that was run, with its verdict.</param>
    /// <returns>The defects whose row says exactly this; one that is named is the culprit.</returns>
    public Judgement Judge(IReadOnlyList<SelfTestOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        HashSet<string> ran = [.. outcomes.Select(outcome => outcome.Case.Name)];
        HashSet<DetectionMark> failed =
            [.. outcomes.Where(outcome => outcome.Verdict == Verdict.Failed).Select(DetectionMark.Of)];
        DefectSwitch[] named = failed.Count == 0
            ? []
            : [.. matrix.Rows.Where(row => row.Among(ran).SetEquals(failed)).Select(row => row.Defect)];
        return new Judgement(failed.Count == 0, named, [.. outcomes.Where(outcome => outcome.Verdict == Verdict.Failed)]);
    }
}

/// <summary>What the judge says.</summary>
/// <param name="IsSound">Whether no case failed: the bench is taken to be sound.</param>
/// <param name="Named">The defects that show exactly what was seen; several when verdicts cannot tell them apart, none when nothing in
/// the matrix shows this.</param>
/// <param name="Failed">The cases that failed.</param>
public sealed record Judgement(bool IsSound, IReadOnlyList<DefectSwitch> Named, IReadOnlyList<SelfTestOutcome> Failed)
{
    /// <summary>Whether it agrees with what was switched on.</summary>
    /// <param name="planted">What was; null for nothing.</param>
    public bool Agrees(DefectSwitch? planted) => planted is null ? IsSound : !IsSound && Named.Contains(planted);

    /// <summary>The judgement in words.</summary>
    public override string ToString() => IsSound ? "none"
        : Named.Count == 0 ? "a defect that is not in the matrix"
        : string.Join(" or ", Named);
}
