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

    /// <summary>Who refused the request, and with what: the service with an error code, or the device in a message that the service
    /// handed on as a success. Null when nobody did, or when that is still to be told, as by an acknowledgement.</summary>
    public string? Refusal => this switch
    {
        { ResponseCode: ['E', ..] } => $"the service refused it with {ResponseCode}{Said(Content)}",
        { Content: Smets1ResponseMessage { Body.MessageSuccess: false } or Smets1ResponseMessage { Body: null, DebugInfo.Count: > 0 } } =>
            $"the device refused it{Said(Content)}",
        _ => null,
    };

    private static string Said(DuisResponseContent content) => content is Smets1ResponseMessage message
        ? string.Concat(message.DebugInfo.Select(debug => $"; device code {debug.ResponseCode}: {debug.Error}"))
        : string.Empty;
}
