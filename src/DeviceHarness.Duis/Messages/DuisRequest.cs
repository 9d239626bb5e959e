using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Messages;

/// <summary>A Service Request.</summary>
/// <param name="Id">Originator, target and counter.</param>
/// <param name="CommandVariant">1 to 9: how the request is to be carried out and answered.</param>
/// <param name="Body">What is asked for.</param>
/// <remarks>Spec: DUIS XML schema 5.4, Request.</remarks>
public sealed record DuisRequest(RequestId Id, int CommandVariant, SrvRequestBody Body)
{
    /// <summary>The smallest command variant.</summary>
    public const int MinCommandVariant = 1;

    /// <summary>The largest command variant.</summary>
    public const int MaxCommandVariant = 9;

    /// <summary>The schema version of the message, such as <c>5.4</c>.</summary>
    public string SchemaVersion { get; init; } = DuisSchema.CurrentVersion;

    /// <summary>The service reference variant, such as <c>4.1.1</c>: the body's own.</summary>
    public string ServiceReferenceVariant => Body.ServiceReferenceVariant;

    /// <summary>The service reference, such as <c>4.1</c>: the first two parts of the variant.</summary>
    public string ServiceReference => DuisSchema.ServiceReferenceOf(ServiceReferenceVariant);

    /// <summary>Whether this is the first of a sequence; null when not stated.</summary>
    public bool? FirstInSequence { get; init; }

    /// <summary>The request that must have succeeded before; null when not stated.</summary>
    public RequestId? PrecedingServiceRequestId { get; init; }

    /// <summary>Whether the message carried a signature. It is not written again: it would no longer be valid.</summary>
    public bool Signed { get; init; }
}
