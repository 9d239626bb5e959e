namespace DeviceHarness.Assurance.Issues;

/// <summary>A row of an issue's history. None is ever changed.</summary>
/// <param name="Field">What changed: <c>state</c>, <c>severity</c>, <c>proposal</c>, <c>link</c>, or a field of
/// <see cref="IssueStanding"/>.</param>
/// <param name="Old">The old value; empty when there was none.</param>
/// <param name="New">The new value.</param>
/// <param name="Who">Who changed it: <c>harness</c>, or a person.</param>
/// <param name="Time">When, in UTC.</param>
/// <param name="Forum">Where it was decided, such as <c>TAG</c>; empty when nowhere in particular.</param>
/// <param name="Reason">Why.</param>
public sealed record IssueChange(string Field, string Old, string New, string Who, DateTimeOffset Time, string Forum, string Reason)
{
    /// <summary>Who decided, with the forum, such as <c>A. Tester (TAG)</c>.</summary>
    public string Decider => Forum.Length == 0 ? Who : $"{Who} ({Forum})";
}
