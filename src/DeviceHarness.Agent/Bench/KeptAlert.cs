using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Agent.Bench;

/// <summary>An alert with its number, which rises over the restarts of an agent.</summary>
/// <param name="Number">The number, from 1.</param>
/// <param name="Alert">The alert.</param>
internal sealed record KeptAlert(long Number, BenchAlert Alert);
