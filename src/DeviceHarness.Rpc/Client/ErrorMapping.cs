using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;

namespace DeviceHarness.Rpc.Client;

/// <summary>What a failure of HTTP means as a gRPC status.</summary>
/// <remarks>Spec: gRPC, PROTOCOL-HTTP2, Errors, and http-grpc-status-mapping.</remarks>
internal static class ErrorMapping
{
    private const long NoError = 0x0;
    private const long ProtocolError = 0x1;
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    // The platform gives a local keep-alive time-out and a reset without an error no type of their own: only the texts tell.
    private const string KeepAliveText = "KeepAlivePingDelay";
    private const string StreamResetText = "reset the stream";

    /// <summary>The status of an HTTP answer that has no gRPC status and is not 200.</summary>
    public static StatusCode FromHttp(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    /// <summary>The status of a call that HTTP gave up with an exception.</summary>
    public static Status FromException(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Status,
        _ => new Status(CodeOf(exception), $"the call failed: {Innermost(exception).Message}", exception),
    };

    private static StatusCode CodeOf(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol)
            {
                return FromReset(protocol);
            }
        }

        return exception switch
        {
            // The handler's own time-out for connecting is a cancellation with a TimeoutException inside.
            OperationCanceledException { InnerException: TimeoutException } => StatusCode.Unavailable,
            OperationCanceledException => StatusCode.Cancelled,
            HttpRequestException http => FromRequestError(http),
            IOException or ObjectDisposedException or SocketException or AuthenticationException => StatusCode.Unavailable,
            _ => StatusCode.Internal,
        };
    }

    private static StatusCode FromRequestError(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ResponseEnded => StatusCode.Unavailable,

        // So the platform says that a connection went before HTTP/2 was agreed on: no request has left.
        HttpRequestError.Unknown when exception.InnerException is null => StatusCode.Unavailable,
        _ => HasLostConnection(exception.InnerException) ? StatusCode.Unavailable : StatusCode.Internal,
    };

    private static bool HasLostConnection(Exception? cause) => cause is not null
        && (cause is IOException or SocketException or AuthenticationException or ObjectDisposedException
            || HasLostConnection(cause.InnerException));

    private static StatusCode FromReset(HttpProtocolException exception) => exception.ErrorCode switch
    {
        NoError when !exception.Message.Contains(StreamResetText, StringComparison.Ordinal) => StatusCode.Unavailable,
        ProtocolError when exception.Message.Contains(KeepAliveText, StringComparison.Ordinal) => StatusCode.Unavailable,
        RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is Exception inner)
        {
            exception = inner;
        }

        return exception;
    }
}
