using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs.Ash;

namespace DeviceHarness.Virtual.ZigBee.Ncp;

/// <summary>The adapter's side of the ASH link: octets and time in, octets out.</summary>
/// <remarks>Source: UART-EZSP gateway protocol reference, as this harness's ZigBee guide 3 sums it up. Not safe for use from several
/// threads. Times are on the caller's clock, which never goes back. What is returned is valid until the next call.</remarks>
public sealed class AshNcp
{
    /// <summary>How many frames wait to be sent at most.</summary>
    public const int MaximumQueuedFrames = 64;

    private readonly AshNcpOptions _options;
    private readonly IAshNcpUser _user;
    private readonly AshFrameReader _reader = new();
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly byte[] _frame = new byte[AshFrameWriter.MaximumFrameOctets];
    private readonly List<Queued> _queue = [];
    private readonly List<Outstanding> _outstanding = [];
    private readonly List<Late> _late = [];
    private AshResetCode _failure;
    private int _sendNumber;
    private int _receiveNumber;
    private int _timeoutsInARow;
    private int _ignoredResets;
    private long _framesOut;
    private long _framesIn;
    private bool _isRejecting;
    private TimeSpan _ackTimeout;
    private TimeSpan _timerStart;
    private TimeSpan? _ackDue;
    private TimeSpan? _hostReadyAt;

    /// <summary>Switches the adapter's side on.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="user">What sits on it.</param>
    public AshNcp(AshNcpOptions options, IAshNcpUser user)
    {
        _options = options;
        _user = user;
        _ackTimeout = options.AckTimeoutInitial;
    }

    /// <summary>Where it stands.</summary>
    public AshNcpState State { get; private set; }

    /// <summary>What it saw since it was switched on.</summary>
    public AshNcpCounters Counters { get; private set; } = new();

    /// <summary>How long an acknowledgement is waited for now.</summary>
    public TimeSpan AckTimeout => _ackTimeout;

    /// <summary>Whether the host said that it is not ready, and that still holds.</summary>
    public bool IsHostBusy => _hostReadyAt is not null;

    /// <summary>When <see cref="Tick"/> is due; null when nothing is.</summary>
    public TimeSpan? NextTick
    {
        get
        {
            TimeSpan? due = _outstanding.Count > 0 && State == AshNcpState.Connected ? _timerStart + _ackTimeout : null;
            due = Earlier(due, _ackDue);
            due = Earlier(due, _queue.Count > 0 ? _hostReadyAt : null);
            return _late.Count == 0 ? due : Earlier(due, _late.Min(late => late.Due));
        }
    }

    /// <summary>Takes octets from the line.</summary>
    /// <param name="octets">What came, in pieces of any size.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to transmit.</returns>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        Begin();
        while (!octets.IsEmpty)
        {
            AshReading reading = _reader.Read(octets, out int consumed, out AshFrame frame, out _);
            octets = octets[consumed..];
            switch (reading)
            {
                case AshReading.Frame:
                    OnFrame(frame, now);
                    break;
                case AshReading.Damaged:
                    OnDamaged();
                    break;
                default:
                    break;
            }
        }

        return End(now);
    }

    /// <summary>Does what has fallen due.</summary>
    /// <param name="now">The time.</param>
    /// <returns>What to transmit.</returns>
    public ReadOnlyMemory<byte> Tick(TimeSpan now)
    {
        Begin();
        return End(now);
    }

    /// <summary>Has a frame sent, as soon as the window and the host allow it: with the next call that returns octets.</summary>
    /// <param name="frame">The frame, 3 to 220 octets.</param>
    /// <param name="isCallback">Whether it is sent only while the host is ready; an answer is sent also while it is not.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool TrySend(ReadOnlySpan<byte> frame, bool isCallback)
    {
        if (State != AshNcpState.Connected)
        {
            return false;
        }

        if (_queue.Count >= MaximumQueuedFrames)
        {
            Counters = Counters with { Overflows = Counters.Overflows + 1 };
            return false;
        }

        _queue.Add(new Queued(frame.ToArray(), isCallback));
        return true;
    }

    /// <summary>The adapter restarts by itself, as after a watchdog, and says so.</summary>
    /// <param name="code">Why.</param>
    /// <param name="now">The time.</param>
    /// <returns>What to transmit.</returns>
    public ReadOnlyMemory<byte> Restart(AshResetCode code, TimeSpan now)
    {
        Begin();
        Clear();
        State = AshNcpState.Idle;
        _user.OnReset(now);
        WriteStatus(AshControl.ResetAck, code);
        return _output.WrittenMemory;
    }

    /// <summary>The adapter gives up, and says so.</summary>
    /// <param name="code">Why.</param>
    /// <returns>What to transmit.</returns>
    public ReadOnlyMemory<byte> Fail(AshResetCode code)
    {
        Begin();
        GiveUp(code);
        return _output.WrittenMemory;
    }

    /// <summary>The line was opened anew. An adapter does not notice; only what came half is gone.</summary>
    public void ResetLine() => _reader.Clear();

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => one is null || other < one ? other ?? one : one;

    private void Begin() => _output.ResetWrittenCount();

    private ReadOnlyMemory<byte> End(TimeSpan now)
    {
        if (_hostReadyAt <= now)
        {
            _hostReadyAt = null;
        }

        WatchAcknowledgement(now);
        if (State == AshNcpState.Connected)
        {
            SendWaiting(now);
            if (_ackDue <= now)
            {
                WriteAck();
            }
        }

        foreach (Late late in _late.Where(late => late.Due <= now).ToArray())
        {
            _output.Write(late.Octets);
            _late.Remove(late);
        }

        return _reader.IsHeldOff ? HoldBack() : _output.WrittenMemory;
    }

    // What XOFF holds back is lost like any other frame: it comes again when nothing acknowledged it.
    private ReadOnlyMemory<byte> HoldBack()
    {
        _output.ResetWrittenCount();
        return ReadOnlyMemory<byte>.Empty;
    }

    private void OnFrame(in AshFrame frame, TimeSpan now)
    {
        AshControl control = frame.Control;
        if (control.Kind == AshFrameKind.Reset)
        {
            OnReset(now);
            return;
        }

        if (State == AshNcpState.Failed)
        {
            WriteStatus(AshControl.Error, _failure);
            return;
        }

        if (State == AshNcpState.Idle)
        {
            return;
        }

        switch (control.Kind)
        {
            case AshFrameKind.Data when IsLostOnTheWay():
                break;
            case AshFrameKind.Data:
                OnData(frame, now);
                break;
            case AshFrameKind.Ack or AshFrameKind.Nak when TryAcknowledge(control.AckNumber, now):
                _hostReadyAt = control.IsNotReady ? now + _options.NotReadyTime : null;
                if (control.Kind == AshFrameKind.Nak)
                {
                    Repeat(now);
                }

                break;
            default:
                OnDamaged();
                break;
        }
    }

    private bool IsLostOnTheWay()
    {
        _framesIn++;
        AshFrameFault? fault = FaultOf(_framesIn, isToAdapter: true);
        if (fault is null || fault.Kind is AshFaultKind.Duplicate or AshFaultKind.Delay)
        {
            return false;
        }

        Counters = Counters with { PlantedFaults = Counters.PlantedFaults + 1 };
        if (fault.Kind == AshFaultKind.Corrupt)
        {
            OnDamaged();
        }

        return true;
    }

    private void OnReset(TimeSpan now)
    {
        Counters = Counters with { Resets = Counters.Resets + 1 };
        if (_ignoredResets < _options.IgnoredResets)
        {
            _ignoredResets++;
            return;
        }

        Clear();
        State = AshNcpState.Connected;
        _user.OnReset(now);
        if (_options.SendsFlowOctets)
        {
            _output.Write([AshOctets.XOff, AshOctets.XOn]);
        }

        _output.Write([AshOctets.Cancel]);
        WriteStatus(AshControl.ResetAck, AshResetCode.Software);
    }

    private void OnData(in AshFrame frame, TimeSpan now)
    {
        AshControl control = frame.Control;
        if (!TryAcknowledge(control.AckNumber, now))
        {
            OnDamaged();
            return;
        }

        if (control.FrameNumber != _receiveNumber)
        {
            if (control.IsRetransmission)
            {
                Counters = Counters with { Duplicates = Counters.Duplicates + 1 };
                WriteAck();
            }
            else
            {
                OnDamaged();
            }

            return;
        }

        _isRejecting = false;
        _receiveNumber = After(_receiveNumber);
        _ackDue ??= now + _options.AckDelay;
        Counters = Counters with { DataTaken = Counters.DataTaken + 1 };
        _user.OnFrame(frame.Data, now);
    }

    private void OnDamaged()
    {
        Counters = Counters with { Rejected = Counters.Rejected + 1 };
        if (State != AshNcpState.Connected || _isRejecting)
        {
            return;
        }

        _isRejecting = true;
        Write(new AshFrame(AshControl.Nak(_receiveNumber)));
        _ackDue = null;
    }

    /// <summary>Takes an acknowledgement.</summary>
    /// <param name="number">The number that the host expects.</param>
    /// <param name="now">The time.</param>
    /// <returns>Whether it lies within the window.</returns>
    private bool TryAcknowledge(int number, TimeSpan now)
    {
        int acknowledged = 0;
        int next = _outstanding.Count > 0 ? _outstanding[0].Number : _sendNumber;
        while (next != number && acknowledged < _outstanding.Count)
        {
            next = After(next);
            acknowledged++;
        }

        if (next != number)
        {
            return false;
        }

        if (acknowledged > 0)
        {
            Adapt(_outstanding[acknowledged - 1], now);
            _outstanding.RemoveRange(0, acknowledged);
            _timeoutsInARow = 0;
            _timerStart = now;
        }

        return true;
    }

    private void Adapt(Outstanding frame, TimeSpan now)
    {
        if (!frame.IsRepeated)
        {
            TimeSpan adapted = (_ackTimeout * 7 / 8) + ((now - frame.SentAt) / 2);
            _ackTimeout = adapted < _options.AckTimeoutMinimum ? _options.AckTimeoutMinimum
                : adapted > _options.AckTimeoutMaximum ? _options.AckTimeoutMaximum
                : adapted;
        }
    }

    private void WatchAcknowledgement(TimeSpan now)
    {
        if (State != AshNcpState.Connected || _outstanding.Count == 0 || now < _timerStart + _ackTimeout)
        {
            return;
        }

        Counters = Counters with { AckTimeouts = Counters.AckTimeouts + 1 };
        _timeoutsInARow++;
        if (_timeoutsInARow >= _options.AckTimeoutLimit)
        {
            GiveUp(AshResetCode.TooManyAckTimeouts);
            return;
        }

        _ackTimeout = _ackTimeout * 2 < _options.AckTimeoutMaximum ? _ackTimeout * 2 : _options.AckTimeoutMaximum;
        Repeat(now);
    }

    private void Repeat(TimeSpan now)
    {
        foreach (Outstanding frame in _outstanding)
        {
            frame.IsRepeated = true;
            Counters = Counters with { DataRepeated = Counters.DataRepeated + 1 };
            WriteData(frame, now);
        }

        _timerStart = now;
    }

    private void SendWaiting(TimeSpan now)
    {
        while (_outstanding.Count < (IsHostBusy ? 1 : _options.WindowFrames))
        {
            int next = _queue.FindIndex(queued => !IsHostBusy || !queued.IsCallback);
            if (next < 0)
            {
                return;
            }

            Outstanding frame = new(_sendNumber, _queue[next].Octets, now);
            _queue.RemoveAt(next);
            _sendNumber = After(_sendNumber);
            if (_outstanding.Count == 0)
            {
                _timerStart = now;
            }

            _outstanding.Add(frame);
            WriteData(frame, now);
        }
    }

    private void WriteData(Outstanding frame, TimeSpan now)
    {
        int start = _output.WrittenCount;
        Write(new AshFrame(AshControl.Data(frame.Number, _receiveNumber, frame.IsRepeated), frame.Octets));
        _ackDue = null;
        Counters = Counters with { DataSent = Counters.DataSent + 1 };
        _framesOut++;
        if (FaultOf(_framesOut, isToAdapter: false) is not { } fault)
        {
            return;
        }

        Counters = Counters with { PlantedFaults = Counters.PlantedFaults + 1 };
        byte[] all = _output.WrittenSpan.ToArray();
        byte[] octets = all[start..];
        _output.ResetWrittenCount();
        _output.Write(all.AsSpan(0, start));
        switch (fault.Kind)
        {
            case AshFaultKind.Corrupt:
                octets[0] ^= 1;
                _output.Write(octets);
                break;
            case AshFaultKind.Duplicate:
                _output.Write(octets);
                _output.Write(octets);
                break;
            case AshFaultKind.Delay:
                _late.Add(new Late(octets, now + fault.Delay));
                break;
            default:
                break;
        }
    }

    private void WriteAck()
    {
        Write(new AshFrame(AshControl.Ack(_receiveNumber)));
        _ackDue = null;
    }

    private void WriteStatus(AshControl control, AshResetCode code) =>
        Write(new AshFrame(control, [AshFrame.ProtocolVersion, (byte)code]));

    private void Write(in AshFrame frame)
    {
        OperationStatus status = AshFrameWriter.Write(frame, _frame, out int written);
        if (status != OperationStatus.Done)
        {
            throw new UnreachableException($"the frame codec answered {status}");
        }

        _output.Write(_frame.AsSpan(0, written));
    }

    private void GiveUp(AshResetCode code)
    {
        Clear();
        State = AshNcpState.Failed;
        _failure = code;
        WriteStatus(AshControl.Error, code);
    }

    private void Clear()
    {
        _queue.Clear();
        _outstanding.Clear();
        _late.Clear();
        _sendNumber = 0;
        _receiveNumber = 0;
        _timeoutsInARow = 0;
        _isRejecting = false;
        _ackTimeout = _options.AckTimeoutInitial;
        _ackDue = null;
        _hostReadyAt = null;
    }

    private AshFrameFault? FaultOf(long number, bool isToAdapter) =>
        _options.Faults.FirstOrDefault(fault => fault.Meets(number, isToAdapter));

    private static int After(int number) => (number + 1) % AshControl.SequenceModulus;

    private readonly record struct Queued(byte[] Octets, bool IsCallback);

    private readonly record struct Late(byte[] Octets, TimeSpan Due);

    private sealed record Outstanding(int Number, byte[] Octets, TimeSpan SentAt)
    {
        public bool IsRepeated { get; set; }
    }
}
