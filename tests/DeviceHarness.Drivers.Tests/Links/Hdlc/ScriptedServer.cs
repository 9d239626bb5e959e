namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>A correct server of the tests' own: a window of 1 to 7, segments both ways, back to the first frame not acknowledged.</summary>
internal sealed class ScriptedServer(int window, int informationOctets, int segments)
{
    private const int LlcOctets = 3;

    private readonly HashSet<byte> _executed = [];
    private readonly List<byte> _request = [];
    private List<byte[]> _answer = [];
    private int _acknowledged;
    private int _inFlight;
    private int _receiveState;
    private int _sendState;
    private bool _isConnected;

    internal int ExecutedTwice { get; private set; }

    /// <summary>An APDU that fills so many segments, with its number in front.</summary>
    internal static byte[] Apdu(byte number, int informationOctets, int segments) =>
        [.. Enumerable.Range(0, (segments * informationOctets) - LlcOctets).Select(index => (byte)(index == 0 ? number : number + index))];

    /// <summary>The answer to a request: every octet of it turned round.</summary>
    internal static byte[] AnswerTo(byte[] request) => [.. request.Select(octet => (byte)~octet)];

    internal IEnumerable<byte[]> Serve(byte[] frame)
    {
        int control = frame[5];
        if (control == 0x93)
        {
            (_isConnected, _receiveState, _sendState, _acknowledged, _inFlight) = (true, 0, 0, 0, 0);
            _answer = [];
            _request.Clear();
            return [MeterFrames.Ua(
                $"81 80 12 05 01 {informationOctets:X2} 06 01 {informationOctets:X2} 07 04 00 00 00 0{window} 08 04 00 00 00 0{window}")];
        }

        if (!_isConnected)
        {
            return [];
        }

        TakeAcknowledgement(control >> 5);
        if ((control & 1) == 0 && ((control >> 1) & 7) == _receiveState)
        {
            TakeInformation(frame);
        }

        return (control & 0x10) == 0 ? [] : Turn();
    }

    private void TakeAcknowledgement(int receiveSequence)
    {
        int count = (receiveSequence - _sendState + 8) % 8;
        if (count <= _inFlight)
        {
            _sendState = receiveSequence;
            _acknowledged += count;
            _inFlight -= count;
        }
    }

    private void TakeInformation(byte[] frame)
    {
        _receiveState = (_receiveState + 1) % 8;
        byte[] information = frame[8..^3];
        _request.AddRange(_request.Count == 0 ? information[LlcOctets..] : information);
        if ((frame[1] & 8) != 0)
        {
            return;
        }

        byte[] request = [.. _request];
        _request.Clear();
        ExecutedTwice += _executed.Add(request[0]) ? 0 : 1;
        if (request.Length != (segments * informationOctets) - LlcOctets)
        {
            throw new InvalidOperationException($"a request of {request.Length} octets was put together wrongly");
        }

        byte[] whole = [0xE6, 0xE7, 0x00, .. AnswerTo(request)];
        _answer = [.. whole.Chunk(informationOctets)];
        _acknowledged = 0;
        _inFlight = 0;
    }

    /// <summary>What is not acknowledged goes out again, then the rest of the window.</summary>
    private IEnumerable<byte[]> Turn()
    {
        _inFlight = Math.Min(window, _answer.Count - _acknowledged);
        if (_inFlight == 0)
        {
            return [MeterFrames.ReceiveReady(_receiveState)];
        }

        return [.. Enumerable.Range(0, _inFlight).Select(index =>
        {
            bool isFinal = index == _inFlight - 1;
            int control = (_receiveState << 5) | (isFinal ? 0x10 : 0) | ((_sendState + index) % 8 << 1);
            int segment = _acknowledged + index;
            return MeterFrames.Frame(control, _answer[segment], isSegmented: segment < _answer.Count - 1);
        })];
    }
}
