using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>The client's end of an HDLC link as a pure machine: orders, octets and ticks in; octets, events, next tick out.</summary>
/// <remarks>
/// Spec: IEC 62056-46, normal response mode, window 1, as this harness's DLMS guide sums it up. Instants count from any origin.
/// After a time-out of an information frame the link polls with RR and sends the frame again, with the same N(S), only when the server
/// says that it has not come: so no request is carried out twice.
/// Departs: a frame with another N(S) than expected is ignored and not answered with RR at once. It is a doubled frame in practice, its
/// RR would make the server send once more, and each such answer would again be one too many; the poll settles it safely.
/// Not thread safe.
/// </remarks>
public sealed class HdlcClientLink
{
    /// <summary>The longest APDU that is put together from segments, in octets: the largest PDU size that can be negotiated.</summary>
    public const int MaximumApduOctets = 65_535;

    private readonly HdlcClientSettings _settings;
    private readonly HdlcFrameReader _reader = new();
    private readonly byte[] _frame = new byte[HdlcFrameCodec.MaximumFrameOctets];
    private readonly byte[] _segment = new byte[HdlcFrameCodec.MaximumInformationOctets];
    private readonly ArrayBufferWriter<byte> _received = new();
    private readonly HdlcOutgoingApdu _outgoing = new();

    private bool _isAcknowledged;
    private bool _isPolling;
    private bool _hasHeard;
    private int _sendState;
    private int _receiveState;
    private int _attempts;
    private TimeSpan? _deadline;
    private TimeSpan? _pollAt;
    private TimeSpan _giveUpAt;
    private TimeSpan _lastOctetAt;
    private ReadOnlyMemory<byte> _transmit;
    private HdlcLinkEvent _event;
    private HdlcLinkFailure _failure;

    /// <summary>Creates a link that is down.</summary>
    /// <param name="settings">Addresses, limits and times.</param>
    public HdlcClientLink(HdlcClientSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.ResponseTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Retries);
        _settings = settings;
        Negotiated = HdlcParameters.Default;
    }

    /// <summary>Where the link stands.</summary>
    public HdlcClientState State { get; private set; }

    /// <summary>What client and server agreed on, from the client's point of view; the defaults before.</summary>
    public HdlcParameters Negotiated { get; private set; }

    /// <summary>The APDU that came last, without LLC header; valid until the next call.</summary>
    public ReadOnlyMemory<byte> ReceivedApdu { get; private set; }

    /// <summary>What went wrong last, in words; empty when nothing did.</summary>
    public string FailureText { get; private set; } = string.Empty;

    /// <summary>The information field of the frame that went wrong last; empty when there was none.</summary>
    public ReadOnlyMemory<byte> OffendingOctets { get; private set; }

    /// <summary>How often the present frame was tried, or the last one of a failed order.</summary>
    public int Attempts => _attempts + 1;

    /// <summary>Frames that were sent again or polled for after a time-out.</summary>
    public long RetryCount { get; private set; }

    /// <summary>Frames with a right checksum that were not meant for us or not for now: echoes, late and doubled ones.</summary>
    public long IgnoredFrameCount { get; private set; }

    /// <summary>Times that octets had to be skipped: noise and wrong checksums.</summary>
    public long DamageCount => _reader.FaultCount;

    /// <summary>Brings the link up: SNRM. Legal in every state, since SNRM resets both ends.</summary>
    /// <param name="now">The present instant.</param>
    public HdlcLinkStep Connect(TimeSpan now)
    {
        Begin(HdlcClientState.Connecting);
        _reader.Clear();
        Negotiated = HdlcParameters.Default;
        _sendState = 0;
        _receiveState = 0;
        TransmitSnrm(now);
        return Step();
    }

    /// <summary>Sends an APDU and awaits its answer.</summary>
    /// <param name="apdu">The APDU without LLC header; it must not change until the answer has come.</param>
    /// <param name="now">The present instant.</param>
    /// <exception cref="LocalProtocolException">HDLC-001: the link is not up and idle.</exception>
    public HdlcLinkStep Send(ReadOnlyMemory<byte> apdu, TimeSpan now)
    {
        if (!HdlcClientMoves.MaySend(State))
        {
            throw new LocalProtocolException("HDLC-001", "an APDU can only be sent on an idle link", State.ToString(), "Send");
        }

        Begin(HdlcClientState.Exchanging);
        _outgoing.Start(apdu);
        _received.ResetWrittenCount();
        TransmitSegment(now);
        return Step();
    }

    /// <summary>Takes the link down: DISC. Legal in every state but while that is already going on.</summary>
    /// <param name="now">The present instant.</param>
    /// <exception cref="LocalProtocolException">HDLC-001: DISC was sent already.</exception>
    public HdlcLinkStep Disconnect(TimeSpan now)
    {
        if (!HdlcClientMoves.MayDisconnect(State))
        {
            throw new LocalProtocolException("HDLC-001", "the link is already being taken down", State.ToString(), "Disconnect");
        }

        Begin(HdlcClientState.Disconnecting);
        Transmit(HdlcControl.Disc, [], isSegmented: false, now);
        return Step();
    }

    /// <summary>Forgets what is going on, as after a cancelled request: the next order must be <see cref="Connect"/>.</summary>
    public void Abandon()
    {
        Begin(HdlcClientState.Disconnected);
        _reader.Clear();
    }

    /// <summary>Takes octets from the line, in any pieces.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="now">When it came.</param>
    public HdlcLinkStep Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        Clear();
        DropStaleOctets(now);
        _lastOctetAt = now;
        while (!octets.IsEmpty)
        {
            octets = octets[_reader.Append(octets)..];
            while (_reader.TryRead(out HdlcFrame frame, out _))
            {
                Take(frame, now);
            }
        }

        if (_event == HdlcLinkEvent.None && _transmit.IsEmpty && IsOverdue(now))
        {
            _reader.Clear();
            TryAgain(now);
        }

        return Step();
    }

    /// <summary>Lets time pass: gives up half a frame, polls, tries again, or fails.</summary>
    /// <param name="now">The present instant.</param>
    public HdlcLinkStep Tick(TimeSpan now)
    {
        Clear();
        DropStaleOctets(now);
        if (_pollAt is TimeSpan pollAt && now >= pollAt)
        {
            _pollAt = null;
            if (now >= _giveUpAt)
            {
                Fail(HdlcLinkFailure.NoApdu, "the link acknowledges and answers polls, but no answer comes");
            }
            else
            {
                TransmitPoll(now);
            }
        }
        else if ((_deadline <= now && _reader.PendingOctets == 0) || IsOverdue(now))
        {
            _reader.Clear();
            TryAgain(now);
        }

        return Step();
    }

    private void Take(in HdlcFrame frame, TimeSpan now)
    {
        if (frame.Destination != _settings.Client || frame.Source != _settings.Server)
        {
            // An optical head echoes what we sent: it comes back with the server as its destination.
            IgnoredFrameCount++;
            return;
        }

        HdlcReaction reaction = HdlcClientMoves.ReactionTo(State, frame.Control.Kind);
        switch (reaction)
        {
            case HdlcReaction.Accept:
                Accept(frame);
                break;
            case HdlcReaction.Refuse:
                Fail(HdlcLinkFailure.Refused, $"{frame.Control.Kind} to SNRM");
                break;
            case HdlcReaction.TakeInformation:
                TakeInformation(frame, now);
                break;
            case HdlcReaction.TakeReady:
                TakeSupervisory(frame, isBusy: false, now);
                break;
            case HdlcReaction.TakeBusy:
                TakeSupervisory(frame, isBusy: true, now);
                break;
            case HdlcReaction.Lose:
                Fail(HdlcLinkFailure.Lost, "DM: the server is not connected");
                break;
            case HdlcReaction.Reject:
                Fail(HdlcLinkFailure.Rejected, $"FRMR, information {Convert.ToHexString(frame.Information)}");
                break;
            case HdlcReaction.Close:
                End(HdlcClientState.Disconnected, HdlcLinkEvent.Disconnected);
                break;
            case HdlcReaction.Ignore:
                IgnoredFrameCount++;
                break;
            default:
                throw new UnreachableException();
        }

        if (_event == HdlcLinkEvent.Failed && reaction != HdlcReaction.Ignore)
        {
            OffendingOctets = frame.Information.ToArray();
        }
    }

    private void Accept(in HdlcFrame frame)
    {
        OperationStatus status = HdlcParameters.Decode(frame.Information, out HdlcParameters answer, out _, out _, out CodecFault fault);
        if (status != OperationStatus.Done || !answer.IsInRange)
        {
            Fail(HdlcLinkFailure.Violation, $"UA with parameters that cannot be: {fault}");
            return;
        }

        Negotiated = _settings.Proposal.Negotiate(answer);
        End(HdlcClientState.Connected, HdlcLinkEvent.Connected);
    }

    private void TakeInformation(in HdlcFrame frame, TimeSpan now)
    {
        if (frame.Control.SendSequence != _receiveState || !Acknowledges(frame.Control) || !_outgoing.IsLastUnderWay)
        {
            IgnoredFrameCount++;
            return;
        }

        TakeAcknowledgement();
        ReadOnlySpan<byte> part = frame.Information;
        if (_received.WrittenCount == 0)
        {
            OperationStatus status = LlcHeader.Decode(part, out LlcHeader header, out int headerOctets, out CodecFault fault);
            if (status != OperationStatus.Done || !header.IsResponse)
            {
                Fail(HdlcLinkFailure.Violation, $"an answer without its LLC header: {fault}");
                return;
            }

            part = part[headerOctets..];
        }

        if (_received.WrittenCount + part.Length > MaximumApduOctets)
        {
            Fail(HdlcLinkFailure.Violation, $"an answer of more than {MaximumApduOctets} octets");
            return;
        }

        _received.Write(part);
        _receiveState = Next(_receiveState);
        _attempts = 0;
        _hasHeard = true;
        _giveUpAt = TimeSpan.MaxValue;
        if (!frame.IsSegmented)
        {
            ReceivedApdu = _received.WrittenMemory;
            End(HdlcClientState.Connected, HdlcLinkEvent.ApduReceived);
        }
        else if (frame.Control.IsPollFinal)
        {
            TransmitPoll(now);
        }
        else
        {
            _deadline = now + _settings.ResponseTimeout;
        }
    }

    private void TakeSupervisory(in HdlcFrame frame, bool isBusy, TimeSpan now)
    {
        int acknowledged = frame.Control.ReceiveSequence;
        bool isNew = !_isAcknowledged && acknowledged == Next(_sendState);
        bool isMissing = !_isAcknowledged && acknowledged == _sendState;
        bool isOld = _isAcknowledged && acknowledged == _sendState;
        if (isNew)
        {
            _hasHeard = true;
            TakeAcknowledgement();
            if (_outgoing.HasMore && !isBusy)
            {
                _attempts = 0;
                _giveUpAt = TimeSpan.MaxValue;
                TransmitSegment(now);
                return;
            }

            PollLater(now);
        }
        else if (isMissing && _isPolling && !isBusy)
        {
            // The frame has not come: the same one again, with the same N(S).
            _hasHeard = true;
            RetryCount++;
            TransmitSegment(now);
        }
        else if (isOld || (isMissing && _isPolling))
        {
            _hasHeard = true;
            if (_isPolling && !isBusy && _outgoing.HasMore && _isAcknowledged)
            {
                TransmitSegment(now);
                return;
            }

            PollLater(now);
        }
        else
        {
            IgnoredFrameCount++;
        }
    }

    private void TryAgain(TimeSpan now)
    {
        _attempts++;
        if (_attempts > _settings.Retries)
        {
            HdlcLinkFailure failure = _hasHeard ? HdlcLinkFailure.NoApdu : HdlcLinkFailure.Silence;
            _attempts--;
            Fail(failure, $"nothing more came in {Attempts} attempts of {_settings.ResponseTimeout.TotalMilliseconds:F0} ms");
            return;
        }

        RetryCount++;
        switch (State)
        {
            case HdlcClientState.Connecting:
                TransmitSnrm(now);
                break;
            case HdlcClientState.Disconnecting:
                Transmit(HdlcControl.Disc, [], isSegmented: false, now);
                break;
            case HdlcClientState.Exchanging:
                TransmitPoll(now);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void TransmitSnrm(TimeSpan now)
    {
        int octets = 0;
        if (_settings.Proposal != HdlcParameters.Default
            && _settings.Proposal.Encode(_segment, out octets) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        Transmit(HdlcControl.Snrm, _segment.AsSpan(0, octets), isSegmented: false, now);
    }

    /// <summary>Sends the segment that starts at the first octet not yet acknowledged; again when it was sent before.</summary>
    private void TransmitSegment(TimeSpan now)
    {
        Span<byte> information = _segment.AsSpan(0, (int)Negotiated.MaximumInformationTransmitOctets);
        int octets = _outgoing.Fill(information);
        _isAcknowledged = false;
        Transmit(HdlcControl.Information(_sendState, _receiveState), information[..octets], !_outgoing.IsLastUnderWay, now);
        _isPolling = false;
    }

    private void TransmitPoll(TimeSpan now)
    {
        Transmit(HdlcControl.ReceiveReady(_receiveState), [], isSegmented: false, now);
        _isPolling = true;
    }

    private void Transmit(HdlcControl control, ReadOnlySpan<byte> information, bool isSegmented, TimeSpan now)
    {
        HdlcFrame frame = new(_settings.Server, _settings.Client, control, information, isSegmented);
        if (HdlcFrameCodec.Encode(frame, _frame, out int writtenOctets) != OperationStatus.Done)
        {
            throw new UnreachableException();
        }

        _transmit = _frame.AsMemory(0, writtenOctets);
        _pollAt = null;
        _deadline = now + _settings.ResponseTimeout + _settings.Rate.TimeOf(writtenOctets);
    }

    /// <summary>Once the request is acknowledged N(R) tells nothing more: a captured meter counts it up with every RR between
    /// segments.</summary>
    private bool Acknowledges(HdlcControl control) => _isAcknowledged || control.ReceiveSequence == Next(_sendState);

    private void TakeAcknowledgement()
    {
        if (_isAcknowledged)
        {
            return;
        }

        _isAcknowledged = true;
        _sendState = Next(_sendState);
        _outgoing.Acknowledge();
    }

    private void PollLater(TimeSpan now)
    {
        if (_giveUpAt == TimeSpan.MaxValue)
        {
            _giveUpAt = now + _settings.Patience;
        }

        _deadline = null;
        _pollAt = now + _settings.PollInterval;
    }

    /// <summary>Whether even a frame of the largest size, begun at the deadline, would have passed: a babbling line must not hold us
    /// for ever.</summary>
    private bool IsOverdue(TimeSpan now) =>
        _deadline + _settings.ResponseTimeout + _settings.Rate.TimeOf(HdlcFrameCodec.MaximumFrameOctets) <= now;

    private void DropStaleOctets(TimeSpan now)
    {
        if (_reader.PendingOctets > 0 && now - _lastOctetAt >= _settings.InterOctetTimeout)
        {
            _reader.Clear();
        }
    }

    private void Begin(HdlcClientState state)
    {
        Clear();
        State = state;
        FailureText = string.Empty;
        OffendingOctets = default;
        _attempts = 0;
        _isPolling = false;
        _isAcknowledged = false;
        _hasHeard = false;
        _deadline = null;
        _pollAt = null;
        _giveUpAt = TimeSpan.MaxValue;
    }

    private void End(HdlcClientState state, HdlcLinkEvent linkEvent)
    {
        State = state;
        _event = linkEvent;
        _transmit = default;
        _deadline = null;
        _pollAt = null;
    }

    private void Fail(HdlcLinkFailure failure, string text)
    {
        FailureText = text;
        _failure = failure;
        End(HdlcClientState.Disconnected, HdlcLinkEvent.Failed);
    }

    private void Clear() => (_transmit, _event, _failure) = (default, HdlcLinkEvent.None, HdlcLinkFailure.None);

    private HdlcLinkStep Step()
    {
        TimeSpan? next = _pollAt ?? _deadline;
        if (next is not null && _reader.PendingOctets > 0)
        {
            TimeSpan frameDead = _lastOctetAt + _settings.InterOctetTimeout;
            next = _pollAt is null || frameDead < next ? frameDead : next;
        }

        return new HdlcLinkStep(_transmit, _event, _failure, next);
    }

    private static int Next(int sequence) => (sequence + 1) % HdlcControl.SequenceModulus;
}
