using System.Net;
using System.Net.Sockets;

namespace DeviceHarness.TestKit.Net;

/// <summary>Stands between a client and its server on the loopback, and cuts or holds what passes.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private const int PieceOctets = 4096;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _pumps = [];
    private readonly Task _accepting;
    private TaskCompletionSource _flowing = Done();
    private bool _isCut;

    public TcpRelay()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client dials.</summary>
    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Where the server listens now; null while there is none.</summary>
    public IPEndPoint? Target { get; set; }

    /// <summary>The connections that clients opened.</summary>
    public RisingCount Accepted { get; } = new();

    /// <summary>The octets that passed from the client.</summary>
    public RisingCount Up { get; } = new();

    /// <summary>The HTTP/2 pings that passed from the client; meaningless where the connection is not cleartext HTTP/2.</summary>
    public PingCounts ClientPings { get; } = new();

    /// <summary>The HTTP/2 pings that passed from the server.</summary>
    public PingCounts ServerPings { get; } = new();

    /// <summary>Resets every connection and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _isCut = true;
            _open.ForEach(Reset);
            _open.Clear();
        }
    }

    /// <summary>Lets nothing pass and says nothing: both sides think that the other is silent.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _flowing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends a cut or a hold.</summary>
    public void Restore()
    {
        lock (_gate)
        {
            _isCut = false;
            _flowing.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        Restore();
        await _accepting;
        await Task.WhenAll(_pumps);
        _stop.Dispose();
    }

    private static TaskCompletionSource Done()
    {
        TaskCompletionSource done = new();
        done.SetResult();
        return done;
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Dispose();
        }
        catch (ObjectDisposedException)
        {
            // Whoever came first has reset it.
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                _pumps.Add(ServeAsync(client));
                Accepted.Add(1);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            lock (_gate)
            {
                if (_isCut || Target is null)
                {
                    return;
                }

                _open.Add(client);
                _open.Add(server);
            }

            await server.ConnectAsync(Target, _stop.Token);
            await Task.WhenAny(PumpAsync(client, server, isUp: true), PumpAsync(server, client, isUp: false));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side is gone or the relay was cut: the other side is told by the reset below.
        }
        finally
        {
            Reset(client);
            Reset(server);
            lock (_gate)
            {
                _open.Remove(client);
                _open.Remove(server);
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isUp)
    {
        byte[] piece = new byte[PieceOctets];
        Http2FrameWatch watch = new(isUp ? ClientPings : ServerPings, startsWithPreface: isUp);
        try
        {
            while (await from.ReceiveAsync(piece, _stop.Token) is var count and > 0)
            {
                Task flowing;
                lock (_gate)
                {
                    flowing = _flowing.Task;
                }

                await flowing.WaitAsync(_stop.Token);
                await to.SendAsync(piece.AsMemory(0, count), _stop.Token);
                watch.Feed(piece.AsSpan(0, count));
                if (isUp)
                {
                    Up.Add(count);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The same: whoever ends first ends both.
        }
    }
}
