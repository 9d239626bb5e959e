namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a device model is known to do otherwise than its kind.</summary>
public enum DepartureKind
{
    /// <summary>It refuses a request: to carry it out is as much a finding as a refusal is elsewhere.</summary>
    Refused = 1,

    /// <summary>Some devices of the model refuse a request, and others carry it out.</summary>
    MayRefuse = 2,
}
