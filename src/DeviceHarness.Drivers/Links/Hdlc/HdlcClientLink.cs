using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>The client's end of an HDLC link as a pure machine: orders, octets and ticks in; octets, events, next tick out.</summary>
/// <remarks>
/// Spec: IEC 62056-46, normal response mode with windows of 1 to 7, as this harness's DLMS guide sums it up. Instants count from any
/// origin. After a time-out of an information frame the link polls with RR and sends the frame again, with the same N(S), only when the
/// server says that it has not come: so no request is carried out twice.
/// Departs: a frame whose N(S) lies behind the expected one is ignored and not answered with RR at once. It is a doubled frame in practice,
/// its RR would make the server send once more, and each such answer would again be one too many; the poll settles it safely. A frame ahead
/// of the expected one shows a gap and is answered at once.
/// Not thread safe.
/// </remarks>
public sealed class HdlcClientLink
{
    /// <summary>The longest APDU that is put together from segments, in octets: the largest PDU size that can be negotiated.</summary>
    public const int MaximumApduOctets = 65_535;

    private readonly HdlcClientSettings _settings;
    private readonly HdlcFrameReader _reader = new();
    private readonly byte[] _segment = new byte[HdlcFrameCodec.MaximumInformationOctets];
    private readonly HdlcClientExchange _exchange = new();
    private readonly HdlcEchoFilter _echo = new();
    private readonly HdlcClientTimers _timers;
    private readonly HdlcTransmission _transmission;

    private int _attempts;
    private bool _isOneWay;
    private bool _isReceiving;
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
        _timers = new HdlcClientTimers(settings);
        _transmission = new HdlcTransmission(settings, _echo);
        Negotiated = HdlcParameters.Default;
    }

    /// <summary>Where the link stands.</summary>
    public HdlcClientState State { get; private set; }

    /// <summary>What client and server agreed on, from the client's point of view; the defaults before.</summary>
    public HdlcParameters Negotiated { get; private set; }

    /// <summary>The APDU that came last, without LLC header; valid until the next call.</summary>
    public ReadOnlyMemory<byte> ReceivedApdu { get; private set; }

    /// <summary>The longest pause after which a frame that has begun may go on; null between frames.</summary>
    public TimeSpan? PauseInFrame => _reader.PendingOctets > 0 ? _settings.InterOctetTimeout : null;

    /// <summary>What the device sent unasked: in UI frames, or in information frames before the answer.</summary>
    public NotificationInbox Notifications { get; } = new();

    /// <summary>What went wrong last, in words; empty when nothing did.</summary>
    public string FailureText { get; private set; } = string.Empty;

    /// <summary>The information field of the frame that went wrong last; empty when there was none.</summary>
    public ReadOnlyMemory<byte> OffendingOctets { get; private set; }

    /// <summary>How often the present frame was tried, or the last one of a failed order.</summary>
    public int Attempts => _attempts + 1;

    /// <summary>Frames that were sent again or polled for, after a time-out or a gap.</summary>
    public long RetryCount { get; private set; }

    /// <summary>Frames with a right checksum that were not meant for us or not for now: echoes, late and doubled ones.</summary>
    public long IgnoredFrameCount { get; private set; }

    /// <summary>Our own frames that the line sent back to us, as an optical head does.</summary>
    public long EchoCount { get; private set; }

    /// <summary>Times that octets had to be skipped: noise and wrong checksums.</summary>
    public long DamageCount => _reader.FaultCount;

    /// <summary>Brings the link up: SNRM. Legal in every state, since SNRM resets both ends.</summary>
    /// <param name="now">The present instant.</param>
    public HdlcLinkStep Connect(TimeSpan now)
    {
        Begin(HdlcClientState.Connecting);
        _reader.Clear();
        Negotiated = HdlcParameters.Default;
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

        DropStaleOctets(now);
        Begin(HdlcClientState.Exchanging);
        _exchange.Begin(apdu);
        TransmitSegments(now);
        return Step();
    }

    /// <summary>Sends an APDU that asks for no answer: the order ends when the server has it.</summary>
    /// <param name="apdu">The APDU without LLC header; it must not change until the server has it.</param>
    /// <param name="now">The present instant.</param>
    /// <exception cref="LocalProtocolException">HDLC-001: the link is not up and idle.</exception>
    public HdlcLinkStep SendOneWay(ReadOnlyMemory<byte> apdu, TimeSpan now)
    {
        HdlcLinkStep step = Send(apdu, now);
        ReceivedApdu = default;
        _isOneWay = true;
        return step;
    }

    /// <summary>Polls for an APDU that follows the last one.</summary>
    /// <param name="now">The present instant.</param>
    /// <exception cref="LocalProtocolException">HDLC-001: the link is not up and idle.</exception>
    public HdlcLinkStep ReceiveNext(TimeSpan now)
    {
        if (!HdlcClientMoves.MaySend(State))
        {
            throw new LocalProtocolException("HDLC-001", "an APDU can only be awaited on an idle link", State.ToString(), "Receive");
        }

        DropStaleOctets(now);
        Begin(HdlcClientState.Exchanging);
        ReceivedApdu = default;
        _isReceiving = true;
        _exchange.BeginReceiving();
        TransmitPoll(now);
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

        DropStaleOctets(now);
        Begin(HdlcClientState.Disconnecting);
        TransmitFrame(HdlcControl.Disc, [], now);
        return Step();
    }

    /// <summary>Tells what an octet costs from now on, as after a sign-on that agreed on a rate; call it between two orders.</summary>
    /// <param name="rate">The line's rate.</param>
    public void ChangeRate(LineRate rate) => _timers.Rate = rate;

    /// <summary>Forgets what is going on, as after a cancelled request: the next order must be <see cref="Connect"/>.</summary>
    public void Abandon()
    {
        Begin(HdlcClientState.Disconnected);
        _reader.Clear();
    }

    /// <summary>Takes octets from the line, in any pieces. They go on a frame that has begun however long ago that was: when they were
    /// looked at says nothing of when they came.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="now">The present instant.</param>
    public HdlcLinkStep Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        Clear();
        _timers.Heard(now);
        while (!octets.IsEmpty)
        {
            octets = octets[_reader.Append(octets)..];
            while (_reader.TryRead(out HdlcFrame frame, out _))
            {
                Take(frame, now);
            }
        }

        if (_event == HdlcLinkEvent.None && _transmit.IsEmpty && _timers.IsOverdue(now))
        {
            _reader.Clear();
            TryAgain(now);
        }

        return Step();
    }

    /// <summary>Lets time pass in which nothing came: gives up half a frame, polls, tries again, or fails.</summary>
    /// <param name="now">The present instant, with all that came until then taken in.</param>
    public HdlcLinkStep Tick(TimeSpan now)
    {
        Clear();
        DropStaleOctets(now);
        if (_timers.IsPollDue(now))
        {
            if (_timers.IsGivenUp(now) && _isReceiving)
            {
                End(HdlcClientState.Connected, HdlcLinkEvent.NothingCame);
            }
            else if (_timers.IsGivenUp(now))
            {
                Fail(HdlcLinkFailure.NoApdu, "the link acknowledges and answers polls, but no answer comes");
            }
            else
            {
                TransmitPoll(now);
            }
        }
        else if (_timers.IsLate(now, _reader.PendingOctets > 0))
        {
            _reader.Clear();
            TryAgain(now);
        }

        return Step();
    }

    private void Take(in HdlcFrame frame, TimeSpan now)
    {
        if (_echo.IsEcho(frame, _settings))
        {
            EchoCount++;
            IgnoredFrameCount++;
            return;
        }

        if (frame.Destination != _settings.Client || frame.Source != _settings.Server)
        {
            IgnoredFrameCount++;
            return;
        }

        switch (HdlcClientMoves.ReactionTo(State, frame.Control.Kind))
        {
            case HdlcReaction.Accept:
                Accept(frame);
                break;
            case HdlcReaction.Refuse:
                Fail(HdlcLinkFailure.Refused, $"{frame.Control.Kind} to SNRM", frame.Information);
                break;
            case HdlcReaction.TakeInformation:
                Follow(_exchange.TakeInformation(frame), frame, now);
                break;
            case HdlcReaction.TakeNotification:
                Notifications.AddInformation(frame.Information, isBeforeAnswer: State == HdlcClientState.Exchanging);
                break;
            case HdlcReaction.TakeReady:
                Follow(_exchange.TakeSupervisory(frame.Control, isBusy: false), frame, now);
                break;
            case HdlcReaction.TakeBusy:
                Follow(_exchange.TakeSupervisory(frame.Control, isBusy: true), frame, now);
                break;
            case HdlcReaction.Lose:
                Fail(HdlcLinkFailure.Lost, "DM: the server is not connected", frame.Information);
                break;
            case HdlcReaction.Reject:
                Fail(HdlcLinkFailure.Rejected, HdlcRejectText.Of(frame.Information), frame.Information);
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
    }

    private void Accept(in HdlcFrame frame)
    {
        OperationStatus status = HdlcParameters.Decode(frame.Information, out HdlcParameters answer, out _, out _, out CodecFault fault);
        if (status != OperationStatus.Done || !answer.IsInRange)
        {
            Fail(HdlcLinkFailure.Violation, $"UA with parameters that cannot be: {fault}", frame.Information);
            return;
        }

        Negotiated = _settings.Proposal.Negotiate(answer);
        _exchange.Reset(Negotiated);
        End(HdlcClientState.Connected, HdlcLinkEvent.Connected);
    }

    /// <summary>Does what a frame of the exchange asks for.</summary>
    private void Follow(HdlcExchangeMove move, in HdlcFrame frame, TimeSpan now)
    {
        if (_exchange.HasAdvanced)
        {
            _attempts = 0;
            _timers.Progress();
        }

        switch (move)
        {
            case HdlcExchangeMove.Ignore:
                IgnoredFrameCount++;
                break;
            case HdlcExchangeMove.Wait:
                _timers.Await(now, octetsOut: 0);
                break;
            case HdlcExchangeMove.Transmit:
                RetryCount += _exchange.HasAdvanced ? 0 : 1;
                TransmitSegments(now);
                break;
            case HdlcExchangeMove.Poll:
                TransmitPoll(now);
                break;
            case HdlcExchangeMove.PollForGap:
                TryAgain(now);
                break;
            case HdlcExchangeMove.PollLater when _isOneWay && frame.Control.Kind == HdlcFrameKind.ReceiveReady:
                End(HdlcClientState.Connected, HdlcLinkEvent.ApduTaken);
                break;
            case HdlcExchangeMove.PollLater:
                _timers.PollLater(now);
                break;
            case HdlcExchangeMove.Violate:
                Fail(HdlcLinkFailure.Violation, _exchange.Violation, frame.Information);
                break;
            case HdlcExchangeMove.Complete when NotificationInbox.IsNotification(_exchange.Answer.Span):
                // A device that is polled may have something else to tell first: the answer is still to come.
                Notifications.Add(_exchange.Answer.Span, isBeforeAnswer: true);
                _exchange.AwaitAnother();
                GoOn(now);
                break;
            case HdlcExchangeMove.Complete:
                ReceivedApdu = _exchange.Answer;
                End(HdlcClientState.Connected, HdlcLinkEvent.ApduReceived);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void GoOn(TimeSpan now)
    {
        if (_exchange.IsTurnOver)
        {
            TransmitPoll(now);
        }
        else
        {
            _timers.Await(now, octetsOut: 0);
        }
    }

    private void TryAgain(TimeSpan now)
    {
        _attempts++;
        if (_attempts > _settings.Retries)
        {
            _attempts--;
            Fail(
                HdlcLinkFailure.Silence,
                $"nothing more came in {Attempts} attempts of {_settings.ResponseTimeout.TotalMilliseconds:F0} ms");
            return;
        }

        RetryCount++;
        switch (State)
        {
            case HdlcClientState.Connecting:
                TransmitSnrm(now);
                break;
            case HdlcClientState.Disconnecting:
                TransmitFrame(HdlcControl.Disc, [], now);
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

        TransmitFrame(HdlcControl.Snrm, _segment.AsSpan(0, octets), now);
    }

    /// <summary>Sends what the window holds, from the first segment not yet acknowledged.</summary>
    private void TransmitSegments(TimeSpan now)
    {
        _transmission.Begin();
        while (_exchange.MaySend)
        {
            int octets = _exchange.Fill(_segment, out HdlcControl control, out bool isSegmented);
            _transmission.Add(control, _segment.AsSpan(0, octets), isSegmented);
        }

        Transmit(now);
    }

    private void TransmitPoll(TimeSpan now)
    {
        TransmitFrame(HdlcControl.ReceiveReady(_exchange.ReceiveState), [], now);
        _exchange.IsPolling = true;
    }

    private void TransmitFrame(HdlcControl control, ReadOnlySpan<byte> information, TimeSpan now)
    {
        _transmission.Begin();
        _transmission.Add(control, information, isSegmented: false);
        Transmit(now);
    }

    private void Transmit(TimeSpan now)
    {
        _transmit = _transmission.Octets;
        _timers.Await(now, _transmit.Length);
    }

    private void DropStaleOctets(TimeSpan now)
    {
        if (_reader.PendingOctets > 0 && _timers.IsFrameDead(now))
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
        _isOneWay = false;
        _isReceiving = false;
        _timers.Restart();
    }

    private void End(HdlcClientState state, HdlcLinkEvent linkEvent)
    {
        State = state;
        _event = linkEvent;
        _transmit = default;
        _timers.Stop();
    }

    private void Fail(HdlcLinkFailure failure, string text, ReadOnlySpan<byte> offending = default)
    {
        FailureText = text;
        OffendingOctets = offending.ToArray();
        _failure = failure;
        End(HdlcClientState.Disconnected, HdlcLinkEvent.Failed);
    }

    private void Clear() => (_transmit, _event, _failure) = (default, HdlcLinkEvent.None, HdlcLinkFailure.None);

    private HdlcLinkStep Step() => new(_transmit, _event, _failure, _timers.Next(_reader.PendingOctets > 0));
}
