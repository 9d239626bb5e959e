namespace DeviceHarness.Store.Sqlite;

/// <summary>Who changes an issue, when, where and why.</summary>
internal sealed record Decider(string Who, DateTimeOffset Time, string Forum, string Reason);
