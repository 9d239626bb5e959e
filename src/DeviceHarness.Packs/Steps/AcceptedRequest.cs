using DeviceHarness.Duis;

namespace DeviceHarness.Packs.Steps;

/// <summary>A request of the attempt that the service accepted.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="ServiceReferenceVariant">Its service reference variant; empty when a request written as XML states none.</param>
public sealed record AcceptedRequest(RequestId Id, string ServiceReferenceVariant)
{
    /// <summary>The number of the step that sent it; 0 for one of clean-up.</summary>
    public int Step { get; init; }

    /// <summary>What was sent, with what came back; null when nobody kept it.</summary>
    public RequestTrace? Trace { get; init; }
}
