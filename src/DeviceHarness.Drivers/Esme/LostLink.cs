using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Esme;

/// <summary>Which failures mean that the link to a device is gone, so that a long dialogue may bring it up again and go on.</summary>
internal static class LostLink
{
    /// <summary>The code of a link that the device says it does not have.</summary>
    internal const string Disconnected = "HDLC-015";

    private const string RefusedConnection = "HDLC-012";
    private const string RejectedFrame = "HDLC-014";
    private const string NotReached = "TRAN-001";
    private const string Gone = "TRAN-004";
    private const string TakesNothing = "TRAN-006";

    /// <summary>Whether a failure in a dialogue means that the link is gone.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="makesConnection">Whether a connection that is gone can be made anew; a line that is gone is the bench's fault.</param>
    internal static bool Is(HarnessException exception, bool makesConnection) => exception switch
    {
        LinkTimeoutException => true,
        RemoteProtocolException violation => violation.Code is Disconnected or RejectedFrame,
        TransportException broken => makesConnection && broken.Code is (NotReached or Gone or TakesNothing),
        _ => false,
    };

    /// <summary>Whether a silence is the application's: the link stood the whole time, since it answered every poll, or the connection
    /// repeats by itself what is lost.</summary>
    /// <param name="exception">The failure.</param>
    internal static bool IsSilentApplication(HarnessException exception) =>
        exception is LinkTimeoutException { Code: "HDLC-011" or "WRAP-011" };

    /// <summary>Whether connecting failed in a way that may pass, as while a device starts.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="makesConnection">Whether a connection that is gone can be made anew.</param>
    internal static bool IsWhileConnecting(HarnessException exception, bool makesConnection) =>
        Is(exception, makesConnection) || exception is DeviceRefusedException { Code: RefusedConnection };
}
