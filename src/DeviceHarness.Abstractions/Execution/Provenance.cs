namespace DeviceHarness.Abstractions.Execution;

/// <summary>How the evidence of an execution came to be.</summary>
/// <param name="Route">The way by which the devices were reached.</param>
/// <param name="Origin">What answered; the weakest of all devices in use.</param>
public readonly record struct Provenance(Route Route, Origin Origin);
