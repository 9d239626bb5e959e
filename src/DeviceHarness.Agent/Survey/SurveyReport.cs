using DeviceHarness.Drivers.Survey;

namespace DeviceHarness.Agent.Survey;

/// <summary>What a survey found, for people and for programs.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Lines">What is known, a line each.</param>
/// <param name="Problems">What is not known: code and reason, and what to try.</param>
/// <param name="Files">The files that were written, the drafts first.</param>
/// <param name="Json">All of it, as JSON.</param>
public sealed record SurveyReport(
    SurveyEnd End, IReadOnlyList<string> Lines, IReadOnlyList<(string Text, string Advice)> Problems, IReadOnlyList<string> Files,
    string Json)
{
    /// <summary>How a survey of a line ended.</summary>
    internal static SurveyEnd EndOf(LineFindings findings, bool isInterrupted) => isInterrupted ? SurveyEnd.Interrupted
        : findings.Address is null || findings.Problems.Any(problem => problem.Code == SurveyProblem.PortLost) ? SurveyEnd.NothingFound
        : findings.Problems.Count > 0 ? SurveyEnd.Incomplete
        : SurveyEnd.Known;

    /// <summary>Problems for people.</summary>
    internal static IReadOnlyList<(string Text, string Advice)> Told(IEnumerable<SurveyProblem> problems) =>
        [.. problems.Select(problem => ($"{problem.Code}: {problem.Text}", problem.Advice))];
}
