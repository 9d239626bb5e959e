using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Steps;

/// <summary>A service request that a step sent, with what came back.</summary>
/// <param name="Id">The identifier that it was given.</param>
/// <param name="Xml">The request as it was handed to the service.</param>
/// <param name="ServiceReferenceVariant">Its service reference variant.</param>
/// <param name="CommandVariant">Its command variant; null when the pack wrote the whole request itself.</param>
/// <param name="Role">The User Role that it was sent under.</param>
/// <param name="User">The EUI-64 of that User.</param>
/// <param name="Target">The EUI-64 of its target.</param>
public sealed record RequestTrace(
    RequestId Id, string Xml, string ServiceReferenceVariant, int? CommandVariant, string Role, string User, string Target)
{
    /// <summary>How the bench brought the image of an 11.1 to the device.</summary>
    public ImageDelivery Delivery { get; init; }

    /// <summary>The answers; null when the request was refused as malformed.</summary>
    public ServiceExchange? Exchange { get; init; }

    /// <summary>Why the request was refused as malformed; null when it was not.</summary>
    public DuisFormatException? Refusal { get; init; }
}
