using System.Text.Json;

namespace DeviceHarness.Assurance.Issues;

/// <summary>The known issues that come with the harness, from <c>known-issues.json</c>.</summary>
public static class KnownIssues
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<KnownIssue> All { get; } = Read();

    /// <summary>The one of an id; null when none is known by it.</summary>
    public static KnownIssue? Find(string id) => All.FirstOrDefault(issue => issue.Id == id);

    private static IReadOnlyList<KnownIssue> Read()
    {
        using Stream stream = typeof(KnownIssues).Assembly.GetManifestResourceStream("Issues.known-issues.json")
            ?? throw new System.Diagnostics.UnreachableException("the definitions are embedded");
        return JsonSerializer.Deserialize(stream, KnownIssueJson.Default.IReadOnlyListKnownIssue)
            ?? throw new System.Diagnostics.UnreachableException("the definitions are a list");
    }
}
