namespace DeviceHarness.Agent.Journal;

/// <summary>One attempt under one lease: what a sequence of events belongs to.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Attempt">The attempt's number, from 1.</param>
/// <param name="LeaseNumber">The lease's number: the fence.</param>
public readonly record struct AttemptKey(string ExecutionId, int Attempt, long LeaseNumber);
