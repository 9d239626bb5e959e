namespace DeviceHarness.Assurance.Issues;

/// <summary>A person's word that a failed attempt shows an issue.</summary>
/// <param name="IssueId">The issue.</param>
/// <param name="CycleId">The cycle.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Attempt">The attempt's number, from 1; null for the first failed one that counts.</param>
/// <param name="Who">Who says so.</param>
/// <param name="Reason">Why; not empty.</param>
public sealed record IssueLink(string IssueId, string CycleId, string CaseId, int? Attempt, string Who, string Reason);
