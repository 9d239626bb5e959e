using System.Net;
using System.Net.Sockets;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Tcp;

/// <summary>The client's end of a TCP connection to a meter's network port or a terminal server, which it can make anew.</summary>
/// <remarks>One reader and one writer at a time.</remarks>
public sealed class TcpClientTransport : IByteTransport
{
    private readonly TcpClientSettings _settings;
    private TcpTransport _connection;
    private bool _isUsed;
    private bool _isDisposed;

    private TcpClientTransport(TcpClientSettings settings, TcpTransport connection)
    {
        _settings = settings;
        _connection = connection;
    }

    /// <inheritdoc/>
    public string Name => _connection.Name;

    /// <summary>None: a network has no rate that could be told.</summary>
    public LineRate Rate => LineRate.None;

    /// <summary>Whether the other side still holds the connection, as far as this machine was told.</summary>
    public bool IsAlive => !_isDisposed && _connection.IsAlive;

    /// <summary>Makes a connection.</summary>
    /// <param name="settings">Host, port and limits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">TRAN-001: the host cannot be found, refuses or does not answer in time.</exception>
    public static async Task<TcpClientTransport> ConnectAsync(TcpClientSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new TcpClientTransport(settings, await DialAsync(settings, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TransportRead read = await _connection.ReadAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        _isUsed |= !read.TimedOut;
        return read;
    }

    /// <summary>Writes all octets and returns when the system has them.</summary>
    /// <param name="octets">What to send.</param>
    /// <param name="cancellationToken">Ends the write; what was already handed over stays sent.</param>
    /// <exception cref="TransportException">TRAN-004 gone, TRAN-005 closed, TRAN-006 the other side takes nothing.</exception>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        _isUsed = true;
        using CancellationTokenSource patience = new(_settings.WriteStallLimit, _settings.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _connection.WriteAsync(octets, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TcpFaults.DoesNotDrain(Name, _settings.WriteStallLimit);
        }
    }

    /// <inheritdoc/>
    public void DiscardInput() => _connection.DiscardInput();

    /// <summary>Makes the connection anew when anything has passed it.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">TRAN-001: there is no connection to be had; TRAN-005: it was closed.</exception>
    public async ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        if (_isDisposed)
        {
            throw TcpFaults.Closed(Name);
        }

        if (_isUsed)
        {
            // Closed first: many meters hold one connection at a time.
            await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = await DialAsync(_settings, cancellationToken).ConfigureAwait(false);
            _isUsed = false;
        }
    }

    /// <summary>Closes the connection.</summary>
    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return _connection.DisposeAsync();
    }

    private static async ValueTask<TcpTransport> DialAsync(TcpClientSettings settings, CancellationToken cancellationToken)
    {
        string name = settings.Name.Length > 0 ? settings.Name : $"{settings.Host}:{settings.Port}";
        IPAddress[] addresses;
        try
        {
            addresses = await Dns.GetHostAddressesAsync(settings.Host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException exception)
        {
            throw TcpFaults.NotReached(name, new DnsEndPoint(settings.Host, settings.Port), exception);
        }

        IPAddress address = addresses.FirstOrDefault()
            ?? throw TcpFaults.NotReached(name, new DnsEndPoint(settings.Host, settings.Port), null);
        return await TcpTransport.ConnectAsync(
            name, new IPEndPoint(address, settings.Port), settings.ConnectTimeout, settings.TimeProvider, cancellationToken)
            .ConfigureAwait(false);
    }
}
