namespace DeviceHarness.Assurance.Cycles;

/// <summary>The identity of an attempt: together with a sequence number it names one event for ever.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Number">The attempt's number within its execution, from 1.</param>
/// <param name="LeaseNumber">The lease under which it runs: the fence. Rises over all leases of a store, from 1.</param>
public readonly record struct AttemptKey(string ExecutionId, int Number, long LeaseNumber);
