using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Assurance.Cycles;

/// <summary>Ends the cycles of a submission before they are through: when so many of their cases ended with one verdict.</summary>
/// <remarks>Counted are finished cases, not attempts: a case that is to be repeated has not ended. The cycles of one submission are counted
/// together and end together; a void cycle counts for nothing.</remarks>
/// <param name="Verdict">The verdict: <see cref="Verdict.Failed"/>, <see cref="Verdict.Error"/>, <see cref="Verdict.Inconclusive"/> or
/// <see cref="Verdict.Blocked"/>.</param>
/// <param name="Cases">How many cases, from 1.</param>
public sealed record StopRule(Verdict Verdict, int Cases)
{
    private static readonly Verdict[] Allowed = [Verdict.Failed, Verdict.Error, Verdict.Inconclusive, Verdict.Blocked];

    /// <summary>Whether a verdict may end a cycle.</summary>
    public static bool IsAllowed(Verdict verdict) => Allowed.Contains(verdict);

    /// <summary>Reads a rule as <see cref="ToString"/> writes it.</summary>
    /// <returns>False when the text is no rule.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out StopRule? rule)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('=');
        rule = parts.Length == 2
            && Allowed.Select(verdict => (Verdict?)verdict).FirstOrDefault(verdict => Name(verdict!.Value) == parts[0]) is { } verdict
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int cases) && cases >= 1
                ? new StopRule(verdict, cases)
                : null;
        return rule is not null;
    }

    /// <summary>The first rule that is met.</summary>
    /// <param name="rules">The rules of a submission.</param>
    /// <param name="finished">How many of its cases finished with a verdict.</param>
    /// <returns>Null when none is met.</returns>
    public static StopRule? Met(IEnumerable<StopRule> rules, Func<Verdict, long> finished)
    {
        ArgumentNullException.ThrowIfNull(finished);
        return rules.FirstOrDefault(rule => finished(rule.Verdict) >= rule.Cases);
    }

    /// <summary>Why the cycles end, for a person to read.</summary>
    /// <param name="caseId">The case that met the rule.</param>
    public string ReasonFor(string caseId) =>
        string.Create(CultureInfo.InvariantCulture, $"stop rule {this}: {Verdict} for the {Cases}. time: {caseId}");

    /// <summary>Such as <c>failed=1</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name(Verdict)}={Cases}");

    private static string Name(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
