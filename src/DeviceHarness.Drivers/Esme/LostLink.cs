using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Which failures mean that the link to a device is gone, so that a long dialogue may bring it up again and go on.</summary>
internal static class LostLink
{
    /// <summary>The code of a link that the device says it does not have.</summary>
    internal const string Disconnected = "HDLC-015";

    private const string RefusedConnection = "HDLC-012";
    private const string RejectedFrame = "HDLC-014";

    /// <summary>Whether a failure in a dialogue means that the link is gone.</summary>
    internal static bool Is(HarnessException exception) => exception switch
    {
        LinkTimeoutException => true,
        RemoteProtocolException violation => violation.Code is Disconnected or RejectedFrame,
        _ => false,
    };

    /// <summary>Whether connecting failed in a way that may pass, as while a device starts.</summary>
    internal static bool IsWhileConnecting(HarnessException exception) =>
        Is(exception) || exception is DeviceRefusedException { Code: RefusedConnection };
}
