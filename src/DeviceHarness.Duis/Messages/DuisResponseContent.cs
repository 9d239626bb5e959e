using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Messages;

/// <summary>What a Response carries in its body: exactly one message.</summary>
public abstract record DuisResponseContent;

/// <summary>An answer of the service itself: an acknowledgement, a refusal, or data.</summary>
/// <param name="ServiceReferenceVariant">The request's variant.</param>
/// <remarks>Spec: DUIS XML schema 5.1, ResponseMessage. An acknowledgement or refusal has no more than the two references.</remarks>
public sealed record ResponseMessage(string ServiceReferenceVariant) : DuisResponseContent
{
    /// <summary>The data, as one element of the ServiceUserGateway namespace; null when there is none.</summary>
    public string? DataXml { get; init; }
}

/// <summary>An alert, or another message that this harness has no type for: kept as it came.</summary>
/// <param name="ElementName">The element's local name: <c>DeviceAlertMessage</c> or <c>DCCAlertMessage</c>.</param>
/// <param name="Xml">The whole element.</param>
public sealed record UnmodelledMessage(string ElementName, string Xml) : DuisResponseContent;

/// <summary>A SMETS1 device's answer, as the SMETS1 Service Provider hands it to the service.</summary>
/// <param name="Header">Who answers whom.</param>
/// <remarks>Spec: DUIS XML schema 5.1, SMETS1ResponseMessage; MMC XML schema 5.1, HeaderType and ResponsePayload.</remarks>
public sealed record Smets1ResponseMessage(Smets1Header Header) : DuisResponseContent
{
    /// <summary>The request's variant; null when not stated.</summary>
    public string? ServiceReferenceVariant { get; init; }

    /// <summary>The schedule that caused the request; null when there was none.</summary>
    public ulong? DspScheduleId { get; init; }

    /// <summary>The sequence of a throttled alert; null when none.</summary>
    public uint? ThrottledAlertSequenceId { get; init; }

    /// <summary>How many alerts this message stands for; null when one.</summary>
    public uint? ThrottledAlertCount { get; init; }

    /// <summary>The schema version of the inner, signed response.</summary>
    public string SignedResponseVersion { get; init; } = DuisSchema.CurrentVersion;

    /// <summary>The device's answer; null when there is none.</summary>
    public SrvResponseBody? Body { get; init; }

    /// <summary>Why the device refused, one entry for each of its answers; empty when it did not.</summary>
    public IReadOnlyList<Smets1Debug> DebugInfo { get; init; } = [];

    /// <summary>The GBCSData elements as they came; empty for an answer that has none.</summary>
    public IReadOnlyList<string> GbcsDataXml { get; init; } = [];

    /// <summary>A device alert in place of an answer, as it came; null when this is an answer.</summary>
    public string? DeviceAlertXml { get; init; }

    /// <summary>Whether the inner response carries the Service Provider's signature.</summary>
    public bool ServiceProviderSigned { get; init; }
}

/// <summary>The header of a SMETS1 answer.</summary>
/// <param name="BusinessOriginatorId">The device.</param>
/// <param name="BusinessTargetId">The User, or the service for a scheduled request.</param>
/// <param name="OriginatorCounter">The counter of the answer's identifier.</param>
public sealed record Smets1Header(Eui64 BusinessOriginatorId, Eui64 BusinessTargetId, ulong OriginatorCounter)
{
    /// <summary>The User, where the service is the device's partner; null otherwise.</summary>
    public Eui64? SupplementaryRemotePartyId { get; init; }

    /// <summary>The User's counter, where the service is the device's partner; null otherwise.</summary>
    public ulong? SupplementaryRemotePartyCounter { get; init; }

    /// <summary>A further counter; null when not stated.</summary>
    public ulong? SupplementaryOriginatorCounter { get; init; }

    /// <summary>The GBCS message code, hexadecimal; null when not stated.</summary>
    public string? GbcsHexadecimalMessageCode { get; init; }

    /// <summary>The request's variant; null when not stated.</summary>
    public string? ServiceReferenceVariant { get; init; }

    /// <summary>When the device answered; null when not stated.</summary>
    public Smets1Timestamp? Timestamp { get; init; }
}

/// <summary>When a device answered.</summary>
/// <param name="Value">The time.</param>
/// <param name="IsFromGsme">Whether a gas meter's clock gave it; null when not stated.</param>
/// <param name="ClockStatus">The trust in that clock: reliable, invalid or unreliable; null when not stated.</param>
public sealed record Smets1Timestamp(DateTimeOffset Value, bool? IsFromGsme = null, string? ClockStatus = null);

/// <summary>One answer of a device that refused.</summary>
/// <param name="ResponseCode">The device's own code.</param>
/// <param name="Position">Its place among the device's answers, from 1.</param>
/// <param name="Error">What the device said, at most 250 characters.</param>
/// <remarks>Spec: MMC XML schema 5.1, StatusSMETS1.</remarks>
public sealed record Smets1Debug(long ResponseCode, long Position, string Error)
{
    /// <summary>The longest error text, in characters.</summary>
    public const int MaxErrorCharacters = 250;
}
