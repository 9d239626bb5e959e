using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Virtual.Links;

/// <summary>The secondary station of the HDLC link: octets and time in, octets out. It waits for nothing and opens nothing.</summary>
/// <remarks>
/// Spec: IEC 62056-46, as the domain guide gives it: windows of 1 to 7 and segmentation both ways.
/// An APDU that the application leaves unanswered, or has not answered yet, is acknowledged when the client polls: RR with N(R) advanced.
/// Not safe for use from several threads.
/// </remarks>
public sealed class HdlcServerLink : IServerLink
{
    // The octets from the end of a frame: flag, high octet of the checksum, low octet.
    private const int FcsLowFromEnd = 3;

    private readonly ServerLinkOptions _options;
    private readonly IServerLinkUser _user;
    private readonly HdlcFrameReader _reader = new();
    private readonly byte[] _frame = new byte[HdlcFrameCodec.MaximumFrameOctets];
    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly HdlcServerOutbox _outbox = new();
    private readonly HdlcServerInbox _inbox;
    private HdlcAddress _local;
    private HdlcAddress _client;
    private int _sendSequence;
    private int _receiveSequence;
    private int _receiveOctets;
    private int _sendWindow;
    private int _receiveWindow;
    private int _framesSincePoll;
    private bool _isClientBusy;
    private bool _isPollSpent;
    private byte[] _frameReject = [];
    private TimeSpan _lastActivity;
    private TimeSpan _lastOctet;
    private TimeSpan _lastUse;
    private TimeSpan _answerDue;
    private bool _isAnswerHeld;
    private long _deadFrames;
    private ServerLinkCounters _counters;

    /// <summary>Creates a station in the disconnected mode.</summary>
    /// <param name="options">How the station behaves.</param>
    /// <param name="user">The application on top.</param>
    public HdlcServerLink(ServerLinkOptions options, IServerLinkUser user)
    {
        _options = options;
        _user = user;
        _inbox = new HdlcServerInbox(options.MaximumApduOctets + LlcHeader.OctetCount);
    }

    /// <summary>The present state.</summary>
    public HdlcServerState State { get; private set; }

    /// <inheritdoc/>
    public ServerLinkCounters Counters => _counters with { BadFrames = _reader.FaultCount + _deadFrames };

    /// <summary>Never: after noise the station finds the next frame.</summary>
    public bool IsLost => false;

    /// <inheritdoc/>
    public TimeSpan? NextTick
    {
        get
        {
            TimeSpan next = TimeSpan.MaxValue;
            if (_isAnswerHeld)
            {
                next = _answerDue;
            }

            if (_reader.PendingOctets > 0)
            {
                next = Earlier(next, _lastOctet + _options.InterOctetTimeout);
            }

            if (State != HdlcServerState.Disconnected && _options.InactivityTimeout > TimeSpan.Zero)
            {
                next = Earlier(next, _lastActivity + _options.InactivityTimeout);
            }

            if (MayPush)
            {
                next = Earlier(next, _lastUse + _user.PushQuietTime);
            }

            return next == TimeSpan.MaxValue ? null : next;
        }
    }

    // Nothing is under way in either direction: what is told unasked meets no answer and no half request.
    private bool MayPush => _user.HasPush && !_isAnswerHeld && !_outbox.HasMore && _reader.PendingOctets == 0 && _inbox.IsEmpty;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Receive(ReadOnlySpan<byte> octets, TimeSpan now)
    {
        _output.ResetWrittenCount();
        Expire(now);
        while (!octets.IsEmpty)
        {
            int taken = _reader.Append(octets);
            octets = octets[taken..];
            _lastOctet = now;
            ReadFrames(now);
            _lastUse = now;
        }

        Push(now);
        return _output.WrittenMemory;
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Tick(TimeSpan now)
    {
        _output.ResetWrittenCount();
        Expire(now);
        Push(now);
        return _output.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _reader.Clear();
        Disconnect();
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Expire(TimeSpan now)
    {
        if (_reader.PendingOctets > 0 && now - _lastOctet >= _options.InterOctetTimeout)
        {
            _reader.Clear();
            _deadFrames++;
        }

        if (State != HdlcServerState.Disconnected && _options.InactivityTimeout > TimeSpan.Zero
            && now - _lastActivity >= _options.InactivityTimeout)
        {
            Disconnect();
        }

        if (_isAnswerHeld && now >= _answerDue)
        {
            // A client that is busy, or was told that the station is, gets the answer when it polls again.
            _isAnswerHeld = false;
            if (!_isClientBusy && !_isPollSpent)
            {
                SendWindow();
            }
        }
    }

    private void Push(TimeSpan now)
    {
        _lastUse = _output.WrittenCount > 0 ? now : _lastUse;
        if (!MayPush || now < _lastUse + _user.PushQuietTime)
        {
            return;
        }

        bool isUp = State != HdlcServerState.Disconnected;
        HdlcAddress client = HdlcAddress.Client(_user.PushClient);
        ReadOnlyMemory<byte> apdu = _user.TakePush();
        foreach (byte[] field in apdu.IsEmpty ? [] : PushFrames.Of(apdu, isUp ? _outbox.SegmentOctets : _options.TransmitOctets))
        {
            Transmit(isUp ? _local : _options.Address, client, HdlcControl.UnnumberedInformation(isPollFinal: true), field);
            _lastUse = now;
        }
    }

    private void ReadFrames(TimeSpan now)
    {
        while (_reader.TryRead(out HdlcFrame frame, out CodecFault _))
        {
            OnFrame(frame, now);
        }
    }

    private void OnFrame(in HdlcFrame frame, TimeSpan now)
    {
        if (!HdlcServerAddressing.IsFor(_options.Address, frame.Destination) || !HdlcServerAddressing.IsClient(frame.Source))
        {
            _counters = _counters with { FramesForOthers = _counters.FramesForOthers + 1 };
            return;
        }

        _counters = _counters with { FramesForUs = _counters.FramesForUs + 1 };
        switch (frame.Control.Kind)
        {
            case HdlcFrameKind.Snrm:
                OnSnrm(frame, now);
                return;
            case HdlcFrameKind.Disc:
                OnDisc(frame);
                return;
            case HdlcFrameKind.Ua or HdlcFrameKind.Dm or HdlcFrameKind.Frmr or HdlcFrameKind.UnnumberedInformation:
                return;
        }

        if (State == HdlcServerState.Disconnected || frame.Source != _client)
        {
            if (frame.Control.IsPollFinal)
            {
                Transmit(HdlcServerAddressing.AnswerFrom(_options.Address, frame.Destination), frame.Source, HdlcControl.Dm);
            }

            return;
        }

        _lastActivity = now;
        if (State == HdlcServerState.FrameReject)
        {
            if (frame.Control.IsPollFinal)
            {
                Transmit(_local, _client, HdlcControl.Frmr, _frameReject);
            }

            return;
        }

        OnConnectedFrame(frame, now);
    }

    private void OnConnectedFrame(in HdlcFrame frame, TimeSpan now)
    {
        HdlcControl control = frame.Control;
        bool isInformation = control.Kind == HdlcFrameKind.Information;
        FrameRejectReasons reasons = FrameRejectReasons.None;
        if (control.Kind == HdlcFrameKind.Unknown)
        {
            reasons = FrameRejectReasons.UndefinedControl;
        }
        else if (!isInformation && !frame.Information.IsEmpty)
        {
            reasons = FrameRejectReasons.UndefinedControl | FrameRejectReasons.InformationNotAllowed;
        }
        else if (frame.Information.Length > _receiveOctets)
        {
            reasons = FrameRejectReasons.InformationTooLong;
        }
        else if (!TryAcknowledge(control.ReceiveSequence))
        {
            reasons = FrameRejectReasons.InvalidReceiveSequence;
        }

        if (reasons != FrameRejectReasons.None)
        {
            RejectFrame(control, reasons);
            return;
        }

        switch (control.Kind)
        {
            case HdlcFrameKind.Information:
                OnInformation(frame, now);
                break;
            case HdlcFrameKind.ReceiveReady:
                _isClientBusy = false;
                OnPoll(control.IsPollFinal);
                break;
            case HdlcFrameKind.ReceiveNotReady:
                _isClientBusy = true;
                TransmitReady(control.IsPollFinal);
                break;
        }
    }

    private bool TryAcknowledge(int receiveSequence)
    {
        int outstanding = _outbox.OutstandingFrames;
        int acknowledged = Back(receiveSequence, Back(_sendSequence, outstanding));
        if (acknowledged > outstanding)
        {
            return false;
        }

        _outbox.Acknowledge(acknowledged);
        return true;
    }

    private void OnSnrm(in HdlcFrame frame, TimeSpan now)
    {
        HdlcAddress local = HdlcServerAddressing.AnswerFrom(_options.Address, frame.Destination);
        if (!HdlcServerNegotiation.TryNegotiate(frame.Information, _options, out HdlcParameters agreed))
        {
            Transmit(local, frame.Source, HdlcControl.Dm);
            return;
        }

        Disconnect();
        State = HdlcServerState.Connected;
        _local = local;
        _client = frame.Source;
        _receiveOctets = (int)agreed.MaximumInformationReceiveOctets;
        _outbox.SegmentOctets = (int)agreed.MaximumInformationTransmitOctets;
        _sendWindow = (int)agreed.WindowTransmitFrames;
        _receiveWindow = (int)agreed.WindowReceiveFrames;
        _lastActivity = now;
        _user.OnConnected(_client.Upper);
        Transmit(_local, _client, HdlcControl.Ua, HdlcServerNegotiation.Encode(agreed));
    }

    private void OnDisc(in HdlcFrame frame)
    {
        HdlcAddress local = HdlcServerAddressing.AnswerFrom(_options.Address, frame.Destination);
        bool wasConnected = State != HdlcServerState.Disconnected && frame.Source == _client;
        if (wasConnected)
        {
            Disconnect();
        }

        Transmit(local, frame.Source, wasConnected ? HdlcControl.Ua : HdlcControl.Dm);
    }

    private void OnInformation(in HdlcFrame frame, TimeSpan now)
    {
        bool isPolled = frame.Control.IsPollFinal;
        bool isBusy = _isAnswerHeld && _options.IsBusyWhileThinking;
        if (frame.Control.SendSequence != _receiveSequence || isBusy || _framesSincePoll == _receiveWindow)
        {
            _counters = _counters with { FramesNotTaken = _counters.FramesNotTaken + 1 };
            TransmitReady(isPolled);
            return;
        }

        // The client never got our last frames and goes on: their numbers are free again, or the client would see a gap.
        _isClientBusy = false;
        _framesSincePoll++;
        _sendSequence = Back(_sendSequence, _outbox.OutstandingFrames);
        _outbox.Clear();
        _isAnswerHeld = false;
        _receiveSequence = After(_receiveSequence);
        _inbox.Append(frame.Information);
        if (frame.IsSegmented)
        {
            TransmitReady(isPolled);
            return;
        }

        Deliver(isPolled, now);
    }

    private void Deliver(bool isPolled, TimeSpan now)
    {
        bool isTooLong = _inbox.IsTooLong;
        ReadOnlySpan<byte> message = _inbox.Take();
        if (!isTooLong && !IsCommand(message))
        {
            TransmitReady(isPolled);
            return;
        }

        ReadOnlyMemory<byte> answer = isTooLong ? _user.OnApduTooLong() : _user.OnApdu(message[LlcHeader.OctetCount..]);
        if (answer.IsEmpty)
        {
            TransmitReady(isPolled && _user.IsAwaitingMore);
            return;
        }

        _outbox.Load(answer.Span);
        if (!isPolled)
        {
            return;
        }

        TimeSpan thinkTime = _options.ThinkTime + _user.ExtraThinkTime;
        if (thinkTime > TimeSpan.Zero)
        {
            _isAnswerHeld = true;
            _isPollSpent = false;
            _answerDue = now + thinkTime;
            return;
        }

        SendWindow();
    }

    private void OnPoll(bool isPolled)
    {
        if (!isPolled)
        {
            return;
        }

        int outstanding = _outbox.OutstandingFrames;
        if (outstanding > 0)
        {
            _sendSequence = Back(_sendSequence, outstanding);
            _outbox.Rewind();
            _counters = _counters with { FramesRepeated = _counters.FramesRepeated + outstanding };
        }
        else if (!_outbox.HasMore && _user.TakeMore() is { IsEmpty: false } more)
        {
            _outbox.Load(more.Span);
        }

        if (_outbox.HasMore && !_isAnswerHeld)
        {
            SendWindow();
        }
        else
        {
            TransmitReady(isPolled);
        }
    }

    private void SendWindow()
    {
        for (int frame = 1; frame <= _sendWindow && _outbox.HasMore; frame++)
        {
            ReadOnlySpan<byte> segment = _outbox.Next(out bool isLast);
            HdlcControl control = HdlcControl.Information(_sendSequence, _receiveSequence, isLast || frame == _sendWindow);
            Transmit(_local, _client, control, segment, !isLast);
            _sendSequence = After(_sendSequence);
        }
    }

    private void RejectFrame(HdlcControl control, FrameRejectReasons reasons)
    {
        State = HdlcServerState.FrameReject;
        HdlcRejectInformation information = HdlcRejectInformation.Create(control, _sendSequence, _receiveSequence, (byte)reasons);
        _frameReject = [information.RejectedControl.Octet, information.StateOctet, information.ReasonOctet];
        _outbox.Clear();
        _inbox.Clear();
        _isAnswerHeld = false;
        _counters = _counters with { FrameRejects = _counters.FrameRejects + 1 };
        Transmit(_local, _client, HdlcControl.Frmr, _frameReject);
    }

    private void Disconnect()
    {
        bool wasOpen = State != HdlcServerState.Disconnected;
        State = HdlcServerState.Disconnected;
        _sendSequence = 0;
        _receiveSequence = 0;
        _framesSincePoll = 0;
        _isClientBusy = false;
        _outbox.Clear();
        _inbox.Clear();
        _isAnswerHeld = false;
        if (wasOpen)
        {
            _user.OnDisconnected();
        }
    }

    private void TransmitReady(bool isPolled)
    {
        if (isPolled)
        {
            bool isBusy = _isAnswerHeld && _options.IsBusyWhileThinking;
            _isPollSpent |= isBusy;
            Transmit(_local, _client, isBusy
                ? HdlcControl.ReceiveNotReady(_receiveSequence)
                : HdlcControl.ReceiveReady(_receiveSequence));
        }
    }

    private void Transmit(
        HdlcAddress from, HdlcAddress to, HdlcControl control, ReadOnlySpan<byte> information = default, bool isSegmented = false)
    {
        HdlcFrame frame = new(to, from, control, information, isSegmented);
        OperationStatus status = HdlcFrameCodec.Encode(frame, _frame, out int writtenOctets);
        if (status != OperationStatus.Done)
        {
            throw new UnreachableException($"the frame codec answered {status}");
        }

        if (control.IsPollFinal)
        {
            _framesSincePoll = 0;
        }

        if (control.Kind == HdlcFrameKind.Information && _user.GarblesNextFrame())
        {
            _frame[writtenOctets - FcsLowFromEnd] ^= 0xFF;
        }

        _output.Write(_frame.AsSpan(0, writtenOctets));
        _counters = _counters with { FramesSent = _counters.FramesSent + 1 };
    }

    private static bool IsCommand(ReadOnlySpan<byte> message) =>
        LlcHeader.Decode(message, out LlcHeader header, out _, out _) == OperationStatus.Done && !header.IsResponse;

    private static int After(int sequence) => (sequence + 1) % HdlcControl.SequenceModulus;

    // Both counts are below the modulus: how far one number lies before another, or the number that lies so far before.
    private static int Back(int sequence, int frames) =>
        (sequence - frames + HdlcControl.SequenceModulus) % HdlcControl.SequenceModulus;
}
