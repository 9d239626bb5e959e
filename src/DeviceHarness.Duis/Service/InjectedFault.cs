namespace DeviceHarness.Duis.Service;

/// <summary>A request that a planted fault of the service has hit: what was really done, whatever anybody believes.</summary>
/// <param name="Request">The request.</param>
/// <param name="Srv">Its service reference variant.</param>
/// <param name="Fault">The fault.</param>
public sealed record InjectedFault(RequestId Request, string Srv, RequestFault Fault);
