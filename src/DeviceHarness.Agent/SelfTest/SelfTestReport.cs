using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>What a self-test found, defect by defect, against a matrix.</summary>
/// <param name="matrix">The matrix.</param>
/// <param name="cases">The cases that are run.</param>
public sealed class SelfTestReport(DetectionMatrix matrix, IReadOnlyList<SelfTestCase> cases)
{
    /// <summary>The word for a sound bench.</summary>
    public const string None = "none";

    private readonly HashSet<string> _ran = [.. cases.Select(testCase => testCase.Name)];
    private readonly List<SelfTestLine> _lines = [];

    /// <summary>What was found, in order.</summary>
    public IReadOnlyList<SelfTestLine> Lines => _lines;

    /// <summary>How many cases were run for each defect.</summary>
    public int CaseCount => _ran.Count;

    /// <summary>The matrix with what was found in place of what it said of these defects and cases; a new switch has its row.</summary>
    /// <param name="suite">All cases, in whose order the marks are.</param>
    public DetectionMatrix Updated(SelfTestSuite suite)
    {
        ArgumentNullException.ThrowIfNull(suite);
        Dictionary<string, int> order = suite.Cases.Select((testCase, place) => (testCase.Name, place))
            .ToDictionary(pair => pair.Name, pair => pair.place);
        return new DetectionMatrix([.. DefectSwitch.All.Select(defect => new DetectionRow(
            defect,
            [.. MarksOf(defect).Where(mark => order.ContainsKey(mark.Case)).OrderBy(mark => order[mark.Case])]))]);
    }

    /// <summary>Whether everything is as the matrix says, and nothing fails on a sound bench.</summary>
    public bool IsAsExpected => _lines.TrueForAll(line => line.Missing.Count == 0 && line.Unexpected.Count == 0);

    /// <summary>Takes what was found of one defect.</summary>
    /// <param name="planted">The defect; null for a sound bench.</param>
    /// <param name="outcomes">Every case with its verdict.</param>
    public SelfTestLine Add(DefectSwitch? planted, IReadOnlyList<SelfTestOutcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        HashSet<DetectionMark> expected = matrix.Rows.FirstOrDefault(row => row.Defect == planted)?.Among(_ran) ?? [];
        SelfTestOutcome[] failed = [.. outcomes.Where(outcome => outcome.Verdict == Verdict.Failed)];
        DetectionMark[] marks = [.. failed.Select(DetectionMark.Of)];
        SelfTestLine line = new(
            planted, failed, [.. outcomes.Where(outcome => outcome.Verdict is not (Verdict.Passed or Verdict.Failed))],
            [.. expected.Except(marks)], [.. marks.Except(expected)]);
        _lines.Add(line);
        return line;
    }

    private IEnumerable<DetectionMark> MarksOf(DefectSwitch defect)
    {
        IReadOnlyList<DetectionMark> said = matrix.Rows.FirstOrDefault(row => row.Defect == defect)?.Marks ?? [];
        return _lines.Find(line => line.Planted == defect) is { } found
            ? [.. said.Where(mark => !_ran.Contains(mark.Case)), .. found.Marks]
            : said;
    }
}

/// <summary>What was found of one defect.</summary>
/// <param name="Planted">The defect; null for a sound bench.</param>
/// <param name="Failed">The cases that failed.</param>
/// <param name="Unclear">The cases that neither passed nor failed.</param>
/// <param name="Missing">What the matrix says and was not found.</param>
/// <param name="Unexpected">What was found and the matrix does not say; on a sound bench every failure.</param>
public sealed record SelfTestLine(
    DefectSwitch? Planted, IReadOnlyList<SelfTestOutcome> Failed, IReadOnlyList<SelfTestOutcome> Unclear,
    IReadOnlyList<DetectionMark> Missing, IReadOnlyList<DetectionMark> Unexpected)
{
    /// <summary>The defect's text; <see cref="SelfTestReport.None"/> for a sound bench.</summary>
    public string Name => Planted?.ToString() ?? SelfTestReport.None;

    /// <summary>The failures as the matrix writes them.</summary>
    public IReadOnlyList<DetectionMark> Marks => [.. Failed.Select(DetectionMark.Of)];
}

/// <summary>One bench that was judged blind.</summary>
/// <param name="Seed">The seed that chose the defect.</param>
/// <param name="Judgement">What the judge said before he knew.</param>
/// <param name="Planted">The bench's own record; null for nothing.</param>
/// <param name="Cases">How many cases were run.</param>
public sealed record BlindResult(int Seed, Judgement Judgement, DefectSwitch? Planted, int Cases)
{
    /// <summary>Whether the judge was right.</summary>
    public bool IsRight => Judgement.Agrees(Planted);
}
