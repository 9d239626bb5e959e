using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>The counters and segments of one request and its answer, without any time.</summary>
/// <remarks>
/// Spec: IEC 62056-46, normal response mode with windows of 1 to 7, as this harness's DLMS guide sums it up: the sender goes back to the
/// first frame that the other side has not acknowledged. Numbers are taken modulo 8, and frames on one line never overtake each other, so
/// an acknowledgement beyond what is under way and a number more than a window ahead belong to another time.
/// </remarks>
internal sealed class HdlcClientExchange
{
    private readonly HdlcOutgoingApdu _outgoing = new();
    private readonly HdlcIncomingApdu _incoming = new();
    private int _sendState;
    private HdlcParameters _parameters = HdlcParameters.Default;

    /// <summary>N(R) of the next frame: the number of the frame that is expected.</summary>
    internal int ReceiveState { get; private set; }

    /// <summary>Whether RR went out since the last segment: only then is an RR that acknowledges nothing new an answer and not a
    /// doubled one.</summary>
    internal bool IsPolling { get; set; }

    /// <summary>Whether the last frame brought the exchange further: a segment of the answer, or an acknowledgement that was
    /// new.</summary>
    internal bool HasAdvanced { get; private set; }

    /// <summary>Whether the last information frame ended the server's turn.</summary>
    internal bool IsTurnOver { get; private set; }

    /// <summary>The answer so far.</summary>
    internal ReadOnlyMemory<byte> Answer => _incoming.Octets;

    /// <summary>What is wrong with the last frame, when it breaks the protocol.</summary>
    internal string Violation { get; private set; } = string.Empty;

    /// <summary>Whether another segment may be sent now.</summary>
    internal bool MaySend => !_outgoing.IsAllSent && _outgoing.InFlight < _parameters.WindowTransmitFrames;

    /// <summary>Both counters start at 0 again, as SNRM has it.</summary>
    internal void Reset(HdlcParameters parameters)
    {
        _parameters = parameters;
        _sendState = 0;
        ReceiveState = 0;
    }

    /// <summary>Starts with a request.</summary>
    internal void Begin(ReadOnlyMemory<byte> apdu)
    {
        _outgoing.Start(apdu, (int)_parameters.MaximumInformationTransmitOctets);
        _incoming.Clear();
        IsPolling = false;
        Violation = string.Empty;
    }

    /// <summary>Starts with nothing to send: another APDU of the server is awaited.</summary>
    internal void BeginReceiving()
    {
        _outgoing.Clear();
        _incoming.Clear();
        IsPolling = false;
        Violation = string.Empty;
    }

    /// <summary>What came was whole and no answer: another APDU is awaited.</summary>
    internal void AwaitAnother() => _incoming.Clear();

    /// <summary>Puts the next segment into an information field; P is set in the last one before the server's turn.</summary>
    internal int Fill(Span<byte> information, out HdlcControl control, out bool isSegmented)
    {
        int sendSequence = Add(_sendState, _outgoing.InFlight);
        int octets = _outgoing.Fill(information);
        control = HdlcControl.Information(sendSequence, ReceiveState, isPollFinal: !MaySend);
        isSegmented = !_outgoing.IsAllSent;
        IsPolling = false;
        return octets;
    }

    /// <summary>Takes RR or RNR.</summary>
    internal HdlcExchangeMove TakeSupervisory(HdlcControl control, bool isBusy)
    {
        int news = Distance(_sendState, control.ReceiveSequence);
        HasAdvanced = false;
        if (news > _outgoing.InFlight || (news == 0 && !IsPolling && !isBusy))
        {
            return HdlcExchangeMove.Ignore;
        }

        HasAdvanced = news > 0;
        Acknowledge(news);
        if (!IsOurTurn(control))
        {
            return HdlcExchangeMove.Wait;
        }

        if (isBusy || _outgoing.IsAllAcknowledged)
        {
            return HdlcExchangeMove.PollLater;
        }

        _outgoing.GoBack();
        return HdlcExchangeMove.Transmit;
    }

    /// <summary>Takes an information frame: a segment or the whole of the answer.</summary>
    internal HdlcExchangeMove TakeInformation(in HdlcFrame frame)
    {
        int ahead = Distance(ReceiveState, frame.Control.SendSequence);
        HasAdvanced = false;
        if (ahead >= _parameters.WindowReceiveFrames || !Acknowledges(frame.Control))
        {
            return HdlcExchangeMove.Ignore;
        }

        Acknowledge(_outgoing.InFlight);
        if (ahead > 0)
        {
            return IsOurTurn(frame.Control) ? HdlcExchangeMove.PollForGap : HdlcExchangeMove.Wait;
        }

        if (_incoming.Append(frame.Information) is string violation)
        {
            Violation = violation;
            return HdlcExchangeMove.Violate;
        }

        ReceiveState = Add(ReceiveState, 1);
        HasAdvanced = true;
        IsTurnOver = IsOurTurn(frame.Control);
        if (!frame.IsSegmented)
        {
            return HdlcExchangeMove.Complete;
        }

        return IsOurTurn(frame.Control) ? HdlcExchangeMove.Poll : HdlcExchangeMove.Wait;
    }

    /// <summary>Once the request is acknowledged N(R) tells nothing more: a captured meter counts it up with every RR between
    /// segments.</summary>
    private bool Acknowledges(HdlcControl control) => _outgoing.IsAllAcknowledged
        || (_outgoing.IsAllSent && Distance(_sendState, control.ReceiveSequence) == _outgoing.InFlight);

    /// <summary>With a window of 1 every frame ends the server's turn, also that of a server which forgets F.</summary>
    private bool IsOurTurn(HdlcControl control) => control.IsPollFinal || _parameters.WindowReceiveFrames == 1;

    private void Acknowledge(int segments)
    {
        _sendState = Add(_sendState, segments);
        _outgoing.Acknowledge(segments);
    }

    private static int Add(int sequence, int count) => (sequence + count) % HdlcControl.SequenceModulus;

    private static int Distance(int from, int to) => (to - from + HdlcControl.SequenceModulus) % HdlcControl.SequenceModulus;
}
