using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Wrapper;

namespace DeviceHarness.Drivers.Links.Wrapper;

/// <summary>Carries APDUs over a connection, each behind a wrapper header.</summary>
/// <remarks>
/// Spec: IEC 62056-47, as this harness's DLMS guide sums it up. The wrapper numbers nothing, so an answer that comes after its time-out
/// could be taken for the next one's: after every failure the link is down, and bringing it up makes a new connection.
/// The one who handed in the transport disposes of it.
/// </remarks>
public sealed class WrapperLink : IDeviceLink
{
    private const int ReadOctets = 4096;

    private readonly IByteTransport _transport;
    private readonly WrapperClientSettings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly long _origin;
    private readonly byte[] _input = new byte[ReadOctets];
    private readonly byte[] _output = new byte[WrapperReader.MaximumUnitOctets];
    private readonly WrapperReader _reader = new();

    /// <summary>Creates a link that is down.</summary>
    /// <param name="transport">The open connection.</param>
    /// <param name="settings">Ports and time-out.</param>
    /// <param name="timeProvider">The clock of the time-out.</param>
    public WrapperLink(IByteTransport transport, WrapperClientSettings settings, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.ResponseTimeout, TimeSpan.Zero);
        _transport = transport;
        _settings = settings;
        _timeProvider = timeProvider;
        _origin = timeProvider.GetTimestamp();
    }

    /// <inheritdoc/>
    public bool IsUp { get; private set; }

    /// <inheritdoc/>
    public bool MakesConnection => true;

    /// <inheritdoc/>
    public NotificationInbox Notifications { get; } = new();

    /// <inheritdoc/>
    public ExchangeClock Clock { get; } = new();

    /// <inheritdoc/>
    public long AnswerCount { get; private set; }

    /// <summary>Units that were for other ports, or that nobody asked for.</summary>
    public long IgnoredCount { get; private set; }

    /// <inheritdoc/>
    public string Port => _transport.Name;

    /// <inheritdoc/>
    public LineRate Rate => _transport.Rate;

    /// <inheritdoc/>
    public TimeSpan Now => _timeProvider.GetElapsedTime(_origin);

    /// <summary>Makes the connection anew, unless nothing was sent on it yet.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TransportException">There is no connection to be had.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        IsUp = false;
        await _transport.RestartAsync(cancellationToken).ConfigureAwait(false);
        _reader.Clear();
        IsUp = true;
    }

    /// <inheritdoc/>
    public async ValueTask ListenAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (!IsUp)
        {
            // What comes on a connection that is given up belongs to nobody: it is read anew from the next one.
            return;
        }

        TransportRead read = await _transport.ReadAsync(_input, wait, cancellationToken).ConfigureAwait(false);
        if (read.TimedOut)
        {
            return;
        }

        if (_reader.Append(_input.AsSpan(0, read.Count)) != read.Count)
        {
            throw new UnreachableException();
        }

        DropUnasked();
    }

    /// <summary>Takes the link down; the wrapper has no word for it.</summary>
    /// <param name="cancellationToken">Not used.</param>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Abandon();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Abandon() => IsUp = false;

    /// <summary>Sends an APDU and waits for its answer.</summary>
    /// <param name="apdu">The APDU, at most 65,535 octets.</param>
    /// <param name="cancellationToken">Ends the wait; the link is then down.</param>
    /// <returns>The answer; valid until the next order.</returns>
    /// <exception cref="LinkTimeoutException">WRAP-011: no answer came on a connection that stands.</exception>
    /// <exception cref="RemoteProtocolException">WRAP-013: what came is no wrapper.</exception>
    /// <exception cref="LocalProtocolException">WRAP-001: the link is not up; WRAP-002: the APDU is too long.</exception>
    /// <exception cref="TransportException">The connection is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> request = Wrap(apdu.Span);
        IsUp = false;
        DropUnasked();
        TimeSpan begun = Now;
        try
        {
            TransportWrite write = await _transport.WriteAsync(request, cancellationToken).ConfigureAwait(false);
            Clock.Written(write.Started, request.Length);
            ReadOnlyMemory<byte> answer = await WaitAsync(begun, cancellationToken).ConfigureAwait(false);
            AnswerCount++;
            IsUp = true;
            return answer;
        }
        finally
        {
            Clock.Close(Stopwatch.GetTimestamp());
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> request = Wrap(apdu.Span);
        IsUp = false;
        TransportWrite write = await _transport.WriteAsync(request, cancellationToken).ConfigureAwait(false);
        Clock.Written(write.Started, request.Length);
        Clock.Close(Stopwatch.GetTimestamp());
        IsUp = true;
        return ReadOnlyMemory<byte>.Empty;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (!IsUp)
        {
            throw new LocalProtocolException("WRAP-001", $"{Port}: an APDU can only be awaited on an idle link", "down", "Receive");
        }

        IsUp = false;
        try
        {
            if (!TryTake(out ReadOnlyMemory<byte> apdu))
            {
                apdu = await WaitAsync(Now, cancellationToken).ConfigureAwait(false);
            }

            AnswerCount++;
            IsUp = true;
            return apdu;
        }
        catch (LinkTimeoutException)
        {
            // Blocks have numbers: what comes late cannot be taken for something else.
            IsUp = true;
            return ReadOnlyMemory<byte>.Empty;
        }
        finally
        {
            Clock.Close(Stopwatch.GetTimestamp());
        }
    }

    private ReadOnlyMemory<byte> Wrap(ReadOnlySpan<byte> apdu)
    {
        if (!IsUp)
        {
            throw new LocalProtocolException("WRAP-001", $"{Port}: an APDU can only be sent on an idle link", "down", "Send");
        }

        if (apdu.Length > ushort.MaxValue)
        {
            throw new LocalProtocolException(
                "WRAP-002", $"{Port}: an APDU of {apdu.Length} octets does not fit in a wrapper", "up", "Send");
        }

        WrapperHeader header = new(_settings.ClientPort, _settings.ServerPort, (ushort)apdu.Length);
        if (header.Encode(_output, out int headerOctets) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        apdu.CopyTo(_output.AsSpan(headerOctets));
        return _output.AsMemory(0, headerOctets + apdu.Length);
    }

    private async ValueTask<ReadOnlyMemory<byte>> WaitAsync(TimeSpan begun, CancellationToken cancellationToken)
    {
        TimeSpan deadline = begun + _settings.ResponseTimeout;
        while (true)
        {
            // What came while this process was held up is on time: it is looked at once before the answer is given up.
            TimeSpan left = deadline - Now;
            bool isLate = left <= TimeSpan.Zero;
            TransportRead read = await _transport.ReadAsync(_input, isLate ? TimeSpan.Zero : left, cancellationToken).ConfigureAwait(false);
            if (!read.TimedOut)
            {
                Clock.Read(read.Timestamp, read.Count);
                if (_reader.Append(_input.AsSpan(0, read.Count)) != read.Count)
                {
                    throw new UnreachableException();
                }

                if (TryTake(out ReadOnlyMemory<byte> answer))
                {
                    return answer;
                }
            }

            if (read.TimedOut || isLate)
            {
                throw new LinkTimeoutException(
                    "WRAP-011", $"{Port}: the connection stands, but no answer comes", "answer", Now - begun, attempts: 1);
            }
        }
    }

    /// <summary>Takes the next unit that can be an answer, passing over those for other ports and what nobody asked for.</summary>
    private bool TryTake(out ReadOnlyMemory<byte> apdu)
    {
        while (true)
        {
            OperationStatus status = _reader.TryRead(out WrapperHeader header, out apdu, out CodecFault fault);
            if (status == OperationStatus.NeedMoreData)
            {
                return false;
            }

            if (status != OperationStatus.Done)
            {
                ReadOnlyMemory<byte> head = _reader.Pending[..Math.Min(_reader.Pending.Length, WrapperHeader.OctetCount)];
                throw new RemoteProtocolException("WRAP-013", $"{Port}: what came is no wrapper, {fault}", head.ToArray(), fault);
            }

            bool isForUs = header.SourcePort == _settings.ServerPort && header.DestinationPort == _settings.ClientPort;
            bool isPush = NotificationInbox.IsNotification(apdu.Span);
            if (isForUs && !isPush)
            {
                return true;
            }

            if (isForUs)
            {
                Notifications.Add(apdu.Span, isBeforeAnswer: !IsUp);
            }

            IgnoredCount++;
        }
    }

    /// <summary>What came since the last answer answers nothing.</summary>
    private void DropUnasked()
    {
        while (TryTake(out _))
        {
            IgnoredCount++;
        }
    }
}
