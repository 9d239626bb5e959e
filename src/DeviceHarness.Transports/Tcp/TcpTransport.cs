using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Tcp;

/// <summary>One TCP connection.</summary>
/// <remarks>Each write leaves at once (no delay for more). Stamps are taken when the system hands octets over, which on a network is later
/// than they came. One reader and one writer at a time.</remarks>
public sealed class TcpTransport : IByteTransport
{
    /// <summary>The octets that the system holds at most, each way; a writer waits for room.</summary>
    public const int SystemBufferOctets = 64 * 1024;

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private volatile bool _isDisposed;
    private volatile bool _isGone;

    internal TcpTransport(Socket socket, string name, TimeProvider time)
    {
        _socket = socket;
        _time = time;
        Name = name;
        socket.NoDelay = true;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>None: a network has no rate that could be told.</summary>
    public LineRate Rate => LineRate.None;

    /// <summary>Whether the connection stands, as far as this machine was told; octets that wait to be read count as standing.</summary>
    public bool IsAlive
    {
        get
        {
            try
            {
                return !_isDisposed && !_isGone && (IsQuiet() || _socket.Available > 0);
            }
            catch (Exception exception) when (exception is TransportException or SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Connects to a device.</summary>
    /// <param name="name">What to call the connection in messages and evidence.</param>
    /// <param name="endpoint">Where the device listens.</param>
    /// <param name="timeout">How long to wait for it.</param>
    /// <param name="time">What measures this and the time-outs of reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">Nothing answers there (TRAN-001).</exception>
    public static async ValueTask<TcpTransport> ConnectAsync(
        string name, IPEndPoint endpoint, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        Socket socket = NewSocket(endpoint.AddressFamily);
        try
        {
            using CancellationTokenSource patience = new(timeout, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            await socket.ConnectAsync(endpoint, either.Token).ConfigureAwait(false);
            return new TcpTransport(socket, name, time);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw TcpFaults.NotReached(name, endpoint, exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.Length, nameof(target));
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfOver();
        if (timeout == TimeSpan.Zero && IsQuiet())
        {
            return new TransportRead(0, Stopwatch.GetTimestamp());
        }

        if (timeout <= TimeSpan.Zero)
        {
            return Received(await ReceiveAsync(target, cancellationToken).ConfigureAwait(false));
        }

        using CancellationTokenSource patience = new(timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return Received(await ReceiveAsync(target, either.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TransportRead(0, Stopwatch.GetTimestamp());
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        ThrowIfOver();
        long started = Stopwatch.GetTimestamp();
        try
        {
            while (!octets.IsEmpty)
            {
                int sent = await _socket.SendAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false);
                octets = octets[sent..];
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Over(exception as SocketException);
        }

        return new TransportWrite(started, Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        ThrowIfOver();
        Span<byte> waste = stackalloc byte[1024];
        try
        {
            while (_socket.Available > 0 && _socket.Receive(waste, SocketFlags.None) > 0)
            {
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Over(exception as SocketException);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    internal static Socket NewSocket(AddressFamily family) => new(family, SocketType.Stream, ProtocolType.Tcp)
    {
        ReceiveBufferSize = SystemBufferOctets,
        SendBufferSize = SystemBufferOctets,
    };

    private async ValueTask<int> ReceiveAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(target, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Over(exception as SocketException);
        }
    }

    private TransportRead Received(int count) => count > 0
        ? new TransportRead(count, Stopwatch.GetTimestamp())
        : throw Over(null);

    private bool IsQuiet()
    {
        try
        {
            return !_socket.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw Over(exception as SocketException);
        }
    }

    private void ThrowIfOver()
    {
        if (_isDisposed || _isGone)
        {
            throw Over(null);
        }
    }

    private TransportException Over(SocketException? error)
    {
        _isGone = true;
        return _isDisposed ? TcpFaults.Closed(Name) : TcpFaults.Gone(Name, error);
    }
}
