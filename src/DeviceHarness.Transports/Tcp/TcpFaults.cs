using System.Net;
using System.Net.Sockets;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Transports.Tcp;

/// <summary>The errors of connections, in one place: code, what happened, what to try.</summary>
internal static class TcpFaults
{
    internal static TransportException NotReached(string port, EndPoint endpoint, Exception? error) =>
        new("TRAN-001", $"{port}: nothing answers at {endpoint}; is the device on and its address right?", port, error);

    internal static TransportException Gone(string port, SocketException? error) =>
        new("TRAN-004", $"{port}: the connection is gone ({error?.SocketErrorCode.ToString() ?? "closed by the peer"}); connect again",
            port, error);

    internal static TransportException Closed(string port) => new("TRAN-005", $"{port}: the connection was closed", port);

    internal static TransportException DoesNotDrain(string port, TimeSpan waited) =>
        new("TRAN-006", $"{port}: the other side took no octet for {waited.TotalMilliseconds:F0} ms", port);
}
