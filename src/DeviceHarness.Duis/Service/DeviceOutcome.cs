using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Duis.Service;

/// <summary>How a dialogue with a device ended.</summary>
public enum DeviceOutcomeKind
{
    /// <summary>The device carried the request out.</summary>
    Done,

    /// <summary>The device answered with a legal "no".</summary>
    Refused,

    /// <summary>No link to the device could be brought up: E20.</summary>
    Unreachable,

    /// <summary>The link was up and the device did not answer the request: E21.</summary>
    NoAnswer,

    /// <summary>The device answered with octets that break its protocol.</summary>
    ProtocolError,

    /// <summary>The link of the bench does not carry such a request to this device, whatever the device would say: nothing was
    /// sent.</summary>
    NotOverThisLink,
}

/// <summary>What a device did with one request, as the service needs it.</summary>
/// <param name="Kind">How the dialogue ended.</param>
/// <param name="Body">The response body; null unless the device answered.</param>
/// <param name="Detail">What the device or the link said, for DebugInfo and reports; at most 250 characters are sent.</param>
/// <param name="DeviceCode">The device's own code when it refused; null otherwise.</param>
/// <param name="LinkAnswersProbe">After a silence: whether the link answered a probe; null when no probe was made.</param>
public sealed record DeviceOutcome(DeviceOutcomeKind Kind, SrvResponseBody? Body, string Detail, int? DeviceCode, bool? LinkAnswersProbe);
