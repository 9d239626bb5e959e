using System.Net.Sockets;
using System.Security.Authentication;
using Grpc.Core;

namespace DeviceHarness.Agent.Session;

/// <summary>What to look at when a secured connection did not come about.</summary>
public static class TlsAdvice
{
    /// <summary>The advice for a call that failed.</summary>
    /// <param name="server">The address that was dialled.</param>
    /// <param name="failure">How the call ended.</param>
    /// <returns>Null when the failure has nothing to do with certificates: cleartext, an answer of the server, or nobody there.</returns>
    public static string? Of(string server, RpcException failure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.StatusCode != StatusCode.Unavailable
            || !server.StartsWith(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)
            || failure.Status.DebugException is not { } cause)
        {
            return null;
        }

        if (Has<AuthenticationException>(cause))
        {
            return "the certificate that the server shows is not accepted here; --server-ca must hold the authority that issued it, "
                + "it must be valid now, and it must name the address that is dialled";
        }

        return Has<SocketException>(cause, socket => socket.SocketErrorCode != SocketError.ConnectionReset)
            ? null
            : "the server broke the handshake off, as it does with a certificate that it does not accept; its --client-ca must hold the "
                + "authority that issued --client-cert, which must be valid now and meant for clients; its log says which it was";
    }

    private static bool Has<T>(Exception cause, Func<T, bool>? isMeant = null)
        where T : Exception
    {
        for (Exception? one = cause; one is not null; one = one.InnerException)
        {
            if (one is T found && (isMeant is null || isMeant(found)))
            {
                return true;
            }
        }

        return false;
    }
}
