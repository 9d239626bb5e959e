namespace DeviceHarness.Assurance.Issues;

/// <summary>A severity that the harness proposes; a person decides.</summary>
/// <param name="Severity">1 to 5.</param>
/// <param name="Rule">The name of the row that proposed it.</param>
/// <param name="Text">What that row says.</param>
/// <param name="Assumed">What was unknown and how it was read, one entry a fact; empty when the row matched what is known.</param>
public sealed record SeverityProposal(int Severity, string Rule, string Text, IReadOnlyList<string> Assumed)
{
    /// <summary>Such as <c>severity 2 by 6.2 row 3 (effect unknown, read as not achieved)</c>.</summary>
    public override string ToString()
    {
        string assumed = Assumed.Count == 0 ? string.Empty : $" ({string.Join("; ", Assumed)})";
        return FormattableString.Invariant($"severity {Severity} by {Rule}{assumed}");
    }
}
