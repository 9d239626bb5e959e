using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Rfc2217;

/// <summary>A serial port that another machine serves by RFC 2217: its octets, rate and form over one Telnet connection.</summary>
/// <remarks>
/// Spec: RFC 2217. A change of the line is sent before the next read, once what was written has had its time on the line, and holds when
/// the server says so. Stamps are of this machine: a network and the server's adapter stand between them and the line. One reader and one
/// writer at a time.
/// </remarks>
public sealed class Rfc2217Transport : IByteTransport
{
    private readonly IByteTransport _connection;
    private readonly Rfc2217Settings _settings;
    private readonly TelnetDecoder _decoder = new();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Dictionary<byte, byte[]> _wanted = [];
    private readonly List<byte> _reply = [];
    private readonly List<byte> _kept = [];
    private LineSetting _line;
    private LineSetting? _next;
    private long _lineFreeAt;
    private long _keptAt;
    private bool? _isServed;
    private TransportException? _fault;

    private Rfc2217Transport(IByteTransport connection, Rfc2217Settings settings)
    {
        _connection = connection;
        _settings = settings;
        _line = settings.Line;
    }

    /// <inheritdoc/>
    public string Name => _connection.Name;

    /// <summary>What an octet costs on the line behind the network; the network itself is not counted.</summary>
    public LineRate Rate => new(_line.Baud, Serial.LineFormat.BitsPerOctet);

    /// <summary>Agrees with the server on the option and sets the line.</summary>
    /// <param name="connection">An open connection to it; disposed of with this, also when this fails.</param>
    /// <param name="settings">The line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">TRAN-003: it is no such server, or sets the line otherwise; TRAN-004: it is gone.</exception>
    public static async Task<Rfc2217Transport> OpenAsync(
        IByteTransport connection, Rfc2217Settings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        Rfc2217Transport port = new(connection, settings);
        try
        {
            await port.StartAsync(cancellationToken).ConfigureAwait(false);
            return port;
        }
        catch (Exception)
        {
            await port.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TransportException">TRAN-003 the server set the line otherwise than it was asked to.</exception>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        await ChangeAsync(cancellationToken).ConfigureAwait(false);
        if (_kept.Count > 0)
        {
            int count = Math.Min(target.Length, _kept.Count);
            _kept[..count].ToArray().CopyTo(target);
            _kept.RemoveRange(0, count);
            return new TransportRead(count, _keptAt);
        }

        long began = _settings.TimeProvider.GetTimestamp();
        while (true)
        {
            TimeSpan left = timeout <= TimeSpan.Zero ? timeout : timeout - _settings.TimeProvider.GetElapsedTime(began);
            TransportRead? read = await ReceiveAsync(
                target, timeout > TimeSpan.Zero && left < TimeSpan.Zero ? TimeSpan.Zero : left, cancellationToken).ConfigureAwait(false);
            if (read is { } octets)
            {
                return octets;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        await ChangeAsync(cancellationToken).ConfigureAwait(false);
        List<byte> escaped = new(octets.Length + 8);
        ComPortOption.WriteData(escaped, octets.Span);
        TransportWrite write = await SendAsync(escaped, cancellationToken).ConfigureAwait(false);
        long now = _settings.TimeProvider.GetTimestamp();
        long from = Math.Max(now, Interlocked.Read(ref _lineFreeAt));
        Interlocked.Exchange(ref _lineFreeAt, from + TicksOf(Rate.TimeOf(octets.Length)));
        return write;
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        // Through the decoder: half a command that was thrown away would make octets of the line of the other half.
        byte[] waste = new byte[1024];
        int count;
        _kept.Clear();
        do
        {
            ValueTask<TransportRead> read = _connection.ReadAsync(waste, TimeSpan.Zero, CancellationToken.None);
            count = (read.IsCompleted ? read.Result : read.AsTask().GetAwaiter().GetResult()).Count;
            _ = _decoder.Decode(waste.AsSpan(0, count), waste, Tell);
        }
        while (count > 0);
    }

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting)
    {
        _next = setting;
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _fault ??= new TransportException("TRAN-005", $"{Name}: the port was closed", Name);
        await _connection.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        List<byte> hello =
        [
            TelnetDecoder.Interpret, TelnetDecoder.Will, ComPortOption.ComPort,
            TelnetDecoder.Interpret, TelnetDecoder.Will, ComPortOption.Binary,
            TelnetDecoder.Interpret, TelnetDecoder.Do, ComPortOption.Binary,
            TelnetDecoder.Interpret, TelnetDecoder.Will, ComPortOption.SuppressGoAhead,
            TelnetDecoder.Interpret, TelnetDecoder.Do, ComPortOption.SuppressGoAhead,
        ];
        await SendAsync(hello, cancellationToken).ConfigureAwait(false);
        await UntilAsync(() => _isServed is not null, "it does not say whether it serves a port", cancellationToken).ConfigureAwait(false);
        if (_isServed == false)
        {
            throw Fault("it is no RFC 2217 server; for octets alone say 'via: tcp'");
        }

        _next = _line;
        await ChangeAsync(cancellationToken).ConfigureAwait(false);
        List<byte> rest = [];
        foreach ((byte command, byte value) in new[]
        {
            (ComPortOption.SetControl, ComPortOption.NoFlowControl), (ComPortOption.SetControl, ComPortOption.DtrOn),
            (ComPortOption.SetControl, ComPortOption.RtsOn), (ComPortOption.PurgeData, ComPortOption.PurgeBoth),
        })
        {
            ComPortOption.Write(rest, command, [value]);
        }

        // What a probe needs and a pseudo-terminal has not: no answer is waited for.
        await SendAsync(rest, cancellationToken).ConfigureAwait(false);
        _kept.Clear();
    }

    /// <summary>Sends a change of the line that waits, after the line is free of what was written, and waits for what holds.</summary>
    private async ValueTask ChangeAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } next)
        {
            return;
        }

        _next = null;
        long left = Interlocked.Read(ref _lineFreeAt) - _settings.TimeProvider.GetTimestamp();
        if (left > 0)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)left / _settings.TimeProvider.TimestampFrequency);
            await Task.Delay(wait, _settings.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        List<byte> change = [];
        foreach ((byte command, byte[] value) in ComPortOption.Of(next))
        {
            _wanted[(byte)(command + ComPortOption.FromServer)] = value;
            ComPortOption.Write(change, command, value);
        }

        await SendAsync(change, cancellationToken).ConfigureAwait(false);
        await UntilAsync(() => _wanted.Count == 0, $"it does not say that the line is at {next}", cancellationToken).ConfigureAwait(false);
        _line = next;
    }

    /// <summary>Reads until something was told; octets of the line that come meanwhile are kept for the next read.</summary>
    private async Task UntilAsync(Func<bool> isTold, string otherwise, CancellationToken cancellationToken)
    {
        byte[] octets = new byte[256];
        long began = _settings.TimeProvider.GetTimestamp();
        while (!isTold())
        {
            TimeSpan left = _settings.AnswerTimeout - _settings.TimeProvider.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                throw Fault(otherwise);
            }

            if (await ReceiveAsync(octets, left, cancellationToken).ConfigureAwait(false) is { Count: > 0 } read)
            {
                _kept.AddRange(octets.AsSpan(0, read.Count));
                _keptAt = read.Timestamp;
            }
        }
    }

    /// <summary>Reads once.</summary>
    /// <returns>Null when something came, and nothing of it was of the line.</returns>
    private async ValueTask<TransportRead?> ReceiveAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ThrowIfFaulted();
        TransportRead read = await _connection.ReadAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        if (read.TimedOut)
        {
            return read;
        }

        int count = _decoder.Decode(target.Span[..read.Count], target.Span, Tell);
        if (_reply.Count > 0)
        {
            List<byte> reply = [.. _reply];
            _reply.Clear();
            await SendAsync(reply, cancellationToken).ConfigureAwait(false);
        }

        ThrowIfFaulted();
        return count == 0 ? null : new TransportRead(count, read.Timestamp);
    }

    private void Tell(byte verb, ReadOnlyMemory<byte> what)
    {
        byte option = what.Span[0];
        switch (verb)
        {
            case TelnetDecoder.Do or TelnetDecoder.Dont when option == ComPortOption.ComPort:
                _isServed = verb == TelnetDecoder.Do;
                break;
            case TelnetDecoder.Do when option is not (ComPortOption.Binary or ComPortOption.SuppressGoAhead):
                _reply.AddRange([TelnetDecoder.Interpret, TelnetDecoder.Wont, option]);
                break;
            case TelnetDecoder.Will when option is not (ComPortOption.Binary or ComPortOption.SuppressGoAhead or ComPortOption.ComPort):
                _reply.AddRange([TelnetDecoder.Interpret, TelnetDecoder.Dont, option]);
                break;
            case TelnetDecoder.Begin when option == ComPortOption.ComPort && what.Length > 1:
                Told(what.Span[1], what.Span[2..]);
                break;
            default:
                break;
        }
    }

    private void Told(byte command, ReadOnlySpan<byte> value)
    {
        if (_wanted.Remove(command, out byte[]? wanted) && !value.SequenceEqual(wanted))
        {
            _fault = Fault($"asked for {Convert.ToHexString(wanted)}, it set {Convert.ToHexString(value)} "
                + $"(command {command - ComPortOption.FromServer})");
        }
    }

    private async ValueTask<TransportWrite> SendAsync(List<byte> octets, CancellationToken cancellationToken)
    {
        ThrowIfFaulted();
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _connection.WriteAsync(octets.ToArray(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    private long TicksOf(TimeSpan time) => (long)(time.TotalSeconds * _settings.TimeProvider.TimestampFrequency);

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw fault;
        }
    }

    private TransportException Fault(string what) =>
        new("TRAN-003", $"{Name}: the server of the serial port: {what}", Name);
}
