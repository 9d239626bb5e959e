namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>evidence</c>.</summary>
internal sealed record EvidenceRow(string ExecutionId, long Attempt, string Name, string MediaType, string Sha256, long Octets);
