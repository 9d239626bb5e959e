namespace DeviceHarness.Agent.SelfTest;

/// <summary>A case that fails under a defect, and where.</summary>
/// <param name="Case">The case with its bench, such as <c>firmware FW-01</c>.</param>
/// <param name="Step">The first step that does not pass, from 1; 0 when no step is to blame.</param>
public readonly record struct DetectionMark(string Case, int Step)
{
    private const string StepWord = " step ";

    /// <summary>The mark of an outcome.</summary>
    public static DetectionMark Of(SelfTestOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new DetectionMark(outcome.Case.Name, outcome.Step ?? 0);
    }

    /// <summary>Reads what <see cref="ToString"/> gives.</summary>
    /// <exception cref="FormatException">The text is no mark.</exception>
    public static DetectionMark Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(StepWord);
        return parts.Length == 2 && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out int step)
            ? new DetectionMark(parts[0], step)
            : throw new FormatException($"'{text}' is no mark; a mark is such as 'firmware FW-01 step 3'");
    }

    /// <summary>The mark as the matrix writes it, such as <c>firmware FW-01 step 3</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Case}{StepWord}{Step}");
}

/// <summary>What a defect turns red.</summary>
/// <param name="Defect">The defect.</param>
/// <param name="Marks">Every case that fails, with its step, in the order of the self-test's cases; empty when none does.</param>
public sealed record DetectionRow(DefectSwitch Defect, IReadOnlyList<DetectionMark> Marks)
{
    /// <summary>What it turns red of some cases.</summary>
    /// <param name="cases">The names of the cases.</param>
    public HashSet<DetectionMark> Among(IReadOnlySet<string> cases) => [.. Marks.Where(mark => cases.Contains(mark.Case))];
}

/// <summary>A defect that no case of a built-in pack catches in the self-test, or that no case can be told from another's.</summary>
/// <param name="Defect">The defect's text.</param>
/// <param name="Reason">Why.</param>
/// <param name="Test">The test that catches it, as project, file and name.</param>
public sealed record CaughtElsewhere(string Defect, string Reason, string Test);
