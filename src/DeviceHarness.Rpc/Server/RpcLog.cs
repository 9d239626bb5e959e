using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Rpc.Server;

/// <summary>Log lines of the server, ids 6000 to 6099.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(6000, LogLevel.Error, "the handler of {Method} threw")]
    public static partial void HandlerFailed(ILogger logger, Exception exception, string method);

    [LoggerMessage(6001, LogLevel.Debug, "{Method} ended with {Code}: {Detail}")]
    public static partial void CallRefused(ILogger logger, string method, StatusCode code, string detail);

    [LoggerMessage(6002, LogLevel.Debug, "{Method} was cancelled")]
    public static partial void CallCancelled(ILogger logger, string method);

    [LoggerMessage(6003, LogLevel.Error, "a cancellation callback of {Method} threw")]
    public static partial void CancellationCallbackFailed(ILogger logger, Exception exception, string method);
}
