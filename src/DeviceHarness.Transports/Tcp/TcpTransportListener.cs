using System.Net;
using System.Net.Sockets;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Transports.Tcp;

/// <summary>The address at which a virtual device takes connections, one after another.</summary>
public sealed class TcpTransportListener : IDisposable
{
    private const int WaitingConnections = 4;

    private readonly Socket _socket;
    private readonly string _name;
    private readonly TimeProvider _time;

    private TcpTransportListener(Socket socket, string name, TimeProvider time)
    {
        _socket = socket;
        _name = name;
        _time = time;
    }

    /// <summary>Where clients connect to.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Listens on a free port of this machine's loopback address.</summary>
    /// <param name="name">What to call the connections in messages.</param>
    /// <param name="time">What measures the time-outs of their reads.</param>
    /// <exception cref="TransportException">No port is to be had (TRAN-007).</exception>
    public static TcpTransportListener OnLoopback(string name, TimeProvider time)
    {
        Socket socket = TcpTransport.NewSocket(AddressFamily.InterNetwork);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen(WaitingConnections);
            return new TcpTransportListener(socket, name, time);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new TransportException("TRAN-007", $"{name}: no loopback port is to be had", name, exception);
        }
    }

    /// <summary>Waits for the next connection; whoever takes it disposes of it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">The listener was closed (TRAN-005).</exception>
    public async ValueTask<TcpTransport> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            Socket accepted = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
            return new TcpTransport(accepted, _name, _time);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw TcpFaults.Closed(_name);
        }
    }

    /// <summary>Stops listening; connections that were taken go on.</summary>
    public void Dispose() => _socket.Dispose();
}
