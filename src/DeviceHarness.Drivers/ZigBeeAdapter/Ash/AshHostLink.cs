using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ash;

/// <summary>The host's end of the serial link to an adapter as a pure machine: orders, octets and ticks in; octets, EZSP frames, events and
/// the next tick out.</summary>
/// <remarks>
/// Source: the public UART-EZSP gateway protocol reference (Silicon Labs), as this harness's ZigBee guide 3.5 to 3.7 sums it up. Instants
/// count from any origin. Octets say nothing of when they came: no time-out falls due while octets are taken in, only in a tick, with all
/// that came until then taken in. So a host that was held up repeats nothing that was answered meanwhile.
/// Departs: a round of sending again that NAK asked for counts as one after a time-out does, until something new is acknowledged; a line
/// that damages every frame must not keep both sides busy for ever.
/// Not thread safe.
/// </remarks>
public sealed class AshHostLink
{
    /// <summary>The most delivered frames that wait to be fetched; what comes then is not taken, and the adapter sends it again.</summary>
    public const int MaximumDeliveredFrames = 64;

    private readonly AshHostSettings _settings;
    private readonly AshFrameReader _reader;
    private readonly AshSendWindow _window;
    private readonly AshHostTimers _timers;
    private readonly AshTransmission _transmission = new();
    private readonly AshBootloaderWatch _bootloader = new();
    private readonly Queue<ReadOnlyMemory<byte>> _delivered = new();

    private AshLinkEvent _event;
    private AshLinkFailure _failure;
    private int _tries;
    private int _rounds;
    private int _expected;
    private bool _isRejecting;
    private bool _isResetDue;
    private bool _isAckDue;
    private bool _isNakDue;
    private bool _isReadinessDue;

    /// <summary>Creates a link that is down.</summary>
    /// <param name="settings">Window, tries and times.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside its range.</exception>
    public AshHostLink(AshHostSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.WindowFrames);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.WindowFrames, AshHostSettings.MaximumWindowFrames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.ResetTries);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.RepeatRounds);
        _settings = settings;
        _reader = new AshFrameReader(settings.MaximumReceivedOctets);
        _window = new AshSendWindow(settings.WindowFrames);
        _timers = new AshHostTimers(settings);
    }

    /// <summary>Where the link stands.</summary>
    public AshHostState State { get; private set; }

    /// <summary>The longest data field that is sent, in octets: the reference's limit, until the adapter's version allows more.</summary>
    public int MaximumSentOctets { get; set; } = AshFrame.ReferenceDataOctets;

    /// <summary>The code of the last RSTACK or ERROR that came; null before the first.</summary>
    public AshResetCode? LastCode { get; private set; }

    /// <summary>Whether the host takes unasked frames.</summary>
    public bool IsReady { get; private set; } = true;

    /// <summary>How long an acknowledgement may take now.</summary>
    public TimeSpan AckTime => _timers.AckTime;

    /// <summary>How often RST was sent since the last <see cref="Connect"/>.</summary>
    public int Tries => _tries;

    /// <summary>What happened since the link was made.</summary>
    public AshLinkCounters Counters { get; } = new();

    /// <summary>Frames that came damaged.</summary>
    public long DamageCount => _reader.DamageCount;

    /// <summary>Resets the adapter; legal in every state. Frames that wait to be sent or fetched are forgotten.</summary>
    /// <param name="now">The present instant.</param>
    public AshHostStep Connect(TimeSpan now)
    {
        Begin();
        Stop(AshHostState.Connecting);
        _delivered.Clear();
        _bootloader.Clear();
        LastCode = null;
        IsReady = true;
        MaximumSentOctets = AshFrame.ReferenceDataOctets;
        _tries = 1;
        _isResetDue = true;
        return Step(now);
    }

    /// <summary>Sends an EZSP frame, or lets it wait until the window has room.</summary>
    /// <param name="frame">The frame, <see cref="AshFrame.MinimumDataOctets"/> to <see cref="MaximumSentOctets"/>; it must not change
    /// until it is acknowledged.</param>
    /// <param name="now">The present instant.</param>
    /// <exception cref="LocalProtocolException">ASH-001: the link is not connected, or too many frames wait.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The frame is too short or too long.</exception>
    public AshHostStep Send(ReadOnlyMemory<byte> frame, TimeSpan now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(frame.Length, AshFrame.MinimumDataOctets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, MaximumSentOctets);
        if (State != AshHostState.Connected || !_window.HasRoom)
        {
            throw new LocalProtocolException("ASH-001", "a frame can only be sent on a connected link with room", State.ToString(), "Send");
        }

        Begin();
        _window.Add(frame);
        return Step(now);
    }

    /// <summary>Says whether unasked frames are taken: an adapter that is told no keeps its callbacks.</summary>
    /// <param name="isReady">Whether they are.</param>
    /// <param name="now">The present instant.</param>
    public AshHostStep SetReady(bool isReady, TimeSpan now)
    {
        Begin();
        if (isReady != IsReady)
        {
            IsReady = isReady;
            _isReadinessDue = State == AshHostState.Connected;
            _timers.StopRefresh();
        }

        return Step(now);
    }

    /// <summary>Fetches the next EZSP frame that came, also after the link was lost.</summary>
    /// <param name="frame">The frame; a copy.</param>
    public bool TryFetch(out ReadOnlyMemory<byte> frame) => _delivered.TryDequeue(out frame);

    /// <summary>Forgets what is going on, as when the port is gone: the next order must be <see cref="Connect"/>.</summary>
    public void Abandon() => Stop(AshHostState.Down);

    /// <summary>Takes octets from the line, in any pieces.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="now">The present instant.</param>
    public AshHostStep Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        Begin();
        if (_bootloader.IsIn(octets) && State != AshHostState.Down)
        {
            Lose(AshLinkFailure.Bootloader);
            return Step(now);
        }

        while (!octets.IsEmpty)
        {
            AshReading reading = _reader.Read(octets, out int consumed, out AshFrame frame, out _);
            octets = octets[consumed..];
            if (reading == AshReading.Frame)
            {
                Take(frame, now);
            }
            else if (reading == AshReading.Damaged && State == AshHostState.Connected)
            {
                Reject();
            }
        }

        return Step(now);
    }

    /// <summary>Lets time pass in which nothing came: resets again, sends again, or gives up.</summary>
    /// <param name="now">The present instant, with all that came until then taken in.</param>
    public AshHostStep Tick(TimeSpan now)
    {
        Begin();
        if (_timers.IsHoldOver(now))
        {
            Counters.HoldsExpired++;
            _reader.Release();
        }

        if (State == AshHostState.Connecting && _timers.IsResetLate(now))
        {
            ResetAgain(AshLinkFailure.Silence);
        }
        else if (State == AshHostState.Connected && _timers.IsAckLate(now))
        {
            Counters.AckTimeouts++;
            _timers.TimedOut();
            RepeatAll(now);
        }

        _isReadinessDue |= State == AshHostState.Connected && _timers.IsRefreshDue(now);
        return Step(now);
    }

    private void Take(in AshFrame frame, TimeSpan now)
    {
        switch (frame.Control.Kind)
        {
            case AshFrameKind.ResetAck when State == AshHostState.Connecting:
                LastCode = frame.Code;
                Accept(frame);
                break;
            case AshFrameKind.ResetAck when State == AshHostState.Connected:
                LastCode = frame.Code;
                Lose(AshLinkFailure.Rebooted);
                break;
            case AshFrameKind.Error when State == AshHostState.Connected:
                LastCode = frame.Code;
                Lose(AshLinkFailure.Stopped);
                break;
            case AshFrameKind.Error when State == AshHostState.Connecting:
                // It answers everything but RST so: RST goes out again in its time.
                LastCode = frame.Code;
                break;
            case AshFrameKind.Data or AshFrameKind.Ack or AshFrameKind.Nak when State == AshHostState.Connected:
                TakeNumbered(frame, now);
                break;
            case AshFrameKind.Reset when State == AshHostState.Connected:
                Reject();
                break;
        }
    }

    private void Accept(in AshFrame frame)
    {
        if (frame.Version != AshFrame.ProtocolVersion)
        {
            Lose(AshLinkFailure.WrongVersion);
        }
        else if (frame.Code != AshResetCode.Software)
        {
            // It was reset by something else at the same time: its answer to RST is still to come, or RST is lost.
            ResetAgain(AshLinkFailure.WrongReset);
        }
        else
        {
            Stop(AshHostState.Connected);
            _event = AshLinkEvent.Connected;
        }
    }

    private void TakeNumbered(in AshFrame frame, TimeSpan now)
    {
        if (!_window.TryAcknowledge(frame.Control.AckNumber, out int acknowledged, out TimeSpan? sentOnceAt))
        {
            Counters.OutOfSequence++;
            Reject();
            return;
        }

        if (acknowledged > 0)
        {
            Progress(sentOnceAt, now);
        }

        if (frame.Control.Kind == AshFrameKind.Nak)
        {
            Counters.NaksReceived++;
            RepeatAll(now);
        }
        else if (frame.Control.Kind == AshFrameKind.Data)
        {
            TakeData(frame);
        }
    }

    private void Progress(TimeSpan? sentOnceAt, TimeSpan now)
    {
        _rounds = 0;
        if (sentOnceAt is TimeSpan sentAt)
        {
            _timers.Measured(now - sentAt);
        }

        if (_window.IsUnderWay)
        {
            _timers.AwaitAck(now);
        }
        else
        {
            _timers.StopAck();
        }
    }

    private void TakeData(in AshFrame frame)
    {
        bool isExpected = frame.Control.FrameNumber == _expected;
        if (!isExpected && frame.Control.IsRetransmission)
        {
            Counters.Duplicates++;
            _isAckDue = true;
            return;
        }

        if (_delivered.Count == MaximumDeliveredFrames)
        {
            Counters.NotTaken++;
            return;
        }

        if (!isExpected)
        {
            Counters.OutOfSequence++;
            Reject();
            return;
        }

        _isRejecting = false;
        _isNakDue = false;
        _isAckDue = true;
        _expected = (_expected + 1) % AshControl.SequenceModulus;
        Counters.Delivered++;
        _delivered.Enqueue(frame.Data.ToArray());
    }

    private void Reject()
    {
        _isNakDue |= !_isRejecting;
        _isRejecting = true;
    }

    private void RepeatAll(TimeSpan now)
    {
        if (!_window.IsUnderWay)
        {
            return;
        }

        if (++_rounds > _settings.RepeatRounds)
        {
            Lose(AshLinkFailure.Unacknowledged);
            return;
        }

        _window.RepeatAll();
        _timers.AwaitAck(now);
    }

    private void ResetAgain(AshLinkFailure failure)
    {
        if (_tries == _settings.ResetTries)
        {
            Lose(failure);
            return;
        }

        _tries++;
        _isResetDue = true;
    }

    private void Lose(AshLinkFailure failure)
    {
        Stop(AshHostState.Down);
        Counters.Losses++;
        _event = AshLinkEvent.Lost;
        _failure = failure;
    }

    private void Stop(AshHostState state)
    {
        State = state;
        _window.Reset();
        _timers.Reset();
        if (state != AshHostState.Connected)
        {
            // What follows RSTACK in the same piece counts.
            _reader.Clear();
        }

        _rounds = 0;
        _expected = 0;
        (_isRejecting, _isResetDue, _isAckDue, _isNakDue, _isReadinessDue) = (false, false, false, false, false);
    }

    private void Begin() => (_event, _failure) = (AshLinkEvent.None, AshLinkFailure.None);

    private AshHostStep Step(TimeSpan now)
    {
        _transmission.Begin();
        if (State == AshHostState.Connecting && _isResetDue)
        {
            _isResetDue = false;
            _transmission.AddCancel();
            _transmission.Add(AshControl.Reset);
            _timers.AwaitReset(now);
        }
        else if (State == AshHostState.Connected)
        {
            bool isHeld = _settings.ObeysXOff && _reader.IsHeldOff;
            _timers.Hold(isHeld, now);
            if (!isHeld)
            {
                TransmitNumbered(now);
            }
        }

        return new(_transmission.Octets, _event, _failure, _timers.Next());
    }

    private void TransmitNumbered(TimeSpan now)
    {
        bool isAcknowledged = false;
        if (_isNakDue)
        {
            Counters.NaksSent++;
            Say(AshControl.Nak(_expected, !IsReady), now);
            isAcknowledged = true;
        }

        while (_window.TryTake(now, out int number, out bool isRepeated, out ReadOnlyMemory<byte> data))
        {
            Counters.Repeated += isRepeated ? 1 : 0;
            Counters.Sent += isRepeated ? 0 : 1;
            _transmission.Add(AshControl.Data(number, _expected, isRepeated), data.Span);
            _timers.AwaitFirstAck(now);
            isAcknowledged = true;
        }

        // DATA acknowledges as well, but cannot say whether we are ready.
        if ((_isAckDue && !isAcknowledged) || _isReadinessDue)
        {
            Say(AshControl.Ack(_expected, !IsReady), now);
        }

        _isAckDue = false;
    }

    private void Say(AshControl control, TimeSpan now)
    {
        _transmission.Add(control);
        (_isNakDue, _isReadinessDue) = (false, false);
        if (!IsReady)
        {
            _timers.RefreshLater(now);
        }
    }
}
