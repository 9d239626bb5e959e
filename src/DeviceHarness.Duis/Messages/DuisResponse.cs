namespace DeviceHarness.Duis.Messages;

/// <summary>A Response: the service's answer, a device's answer, or an alert.</summary>
/// <param name="ResponseCode">The code, such as <c>I99</c>; a code that the catalogue does not know is carried through.</param>
/// <param name="ResponseDateTime">When the service made it.</param>
/// <param name="Content">The message.</param>
/// <remarks>Spec: DUIS XML schema 5.1, Response.</remarks>
public sealed record DuisResponse(string ResponseCode, DateTimeOffset ResponseDateTime, DuisResponseContent Content)
{
    /// <summary>The schema version of the message, such as <c>5.4</c>.</summary>
    public string SchemaVersion { get; init; } = DuisSchema.CurrentVersion;

    /// <summary>The request that is answered; null for an alert.</summary>
    public RequestId? RequestId { get; init; }

    /// <summary>The answer's own identifier; null for an acknowledgement or refusal.</summary>
    public RequestId? ResponseId { get; init; }

    /// <summary>Whether the message carries the service's signature.</summary>
    public bool Signed { get; init; }
}
