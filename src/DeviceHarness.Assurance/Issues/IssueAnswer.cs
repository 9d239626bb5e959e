namespace DeviceHarness.Assurance.Issues;

/// <summary>What became of a person's decision.</summary>
/// <param name="IsFound">Whether everything that it names is there.</param>
/// <param name="Refusal">Why nothing was changed; empty when it was.</param>
public sealed record IssueAnswer(bool IsFound, string Refusal)
{
    /// <summary>It was done.</summary>
    public static IssueAnswer Done { get; } = new(IsFound: true, string.Empty);

    /// <summary>There is no such issue.</summary>
    /// <param name="id">The issue that was named.</param>
    public static IssueAnswer NoIssue(string id) => new(IsFound: false, $"no issue '{id}'; 'harness issues --all' lists them");
}
