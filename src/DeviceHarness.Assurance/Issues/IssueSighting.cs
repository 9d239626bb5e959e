using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Assurance.Issues;

/// <summary>A failed attempt in which an issue was seen.</summary>
/// <param name="IssueId">The issue.</param>
/// <param name="CycleId">The cycle.</param>
/// <param name="CaseId">The case.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Step">The step that decided, from 1; 0 when none did.</param>
/// <param name="IsFirst">Whether it raised the issue; otherwise the issue was known before.</param>
/// <param name="LinkedBy">Who linked it: <c>harness</c>, or a person.</param>
/// <param name="Time">When it was linked, in UTC.</param>
/// <param name="Origin">What answered in it; null when unknown.</param>
/// <param name="EvidenceSha256">The hash of its evidence document; empty when it has none.</param>
/// <param name="Fingerprint">By what it was known again.</param>
public sealed record IssueSighting(
    string IssueId, string CycleId, string CaseId, AttemptKey Attempt, int Step, bool IsFirst, string LinkedBy, DateTimeOffset Time,
    Origin? Origin, string EvidenceSha256, Fingerprint Fingerprint);
