using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>A client link and a small correct server of the tests' own, on a line that loses and doubles frames by a seed.</summary>
internal sealed class FaultyExchange
{
    private readonly Random _random;
    private readonly HdlcClientLink _link = new(new HdlcClientSettings
    {
        Client = HdlcAddress.Client(16),
        Server = HdlcAddress.Server(1),
        ResponseTimeout = TimeSpan.FromSeconds(1),
        Retries = 3,
    });

    private readonly Queue<byte[]> _toClient = new();
    private readonly HashSet<byte> _executed = [];
    private TimeSpan _now;
    private int _receiveState;
    private int _sendState;
    private bool _isConnected;
    private byte[]? _unacknowledged;

    internal FaultyExchange(int seed) => _random = new Random(seed);

    internal int WrongAnswers { get; private set; }

    internal int ExecutedTwice { get; private set; }

    internal void Run(int requests)
    {
        for (byte request = 0; request < requests; request++)
        {
            if (_link.State != HdlcClientState.Connected && Drive(_link.Connect(_now)) != HdlcLinkEvent.Connected)
            {
                continue;
            }

            HdlcLinkEvent result = Drive(_link.Send(new byte[] { 0xC0, request }, _now));
            if (result == HdlcLinkEvent.ApduReceived && _link.ReceivedApdu.Span[1] != request)
            {
                WrongAnswers++;
            }
        }
    }

    private HdlcLinkEvent Drive(HdlcLinkStep step)
    {
        while (true)
        {
            if (!step.Transmit.IsEmpty)
            {
                byte[] frame = step.Transmit.ToArray();
                for (int copies = Copies(); copies > 0; copies--)
                {
                    Serve(frame);
                }
            }

            if (step.Event != HdlcLinkEvent.None)
            {
                return step.Event;
            }

            if (_toClient.TryDequeue(out byte[]? answer))
            {
                step = _link.Receive(answer, _now);
            }
            else
            {
                _now = step.NextTick!.Value;
                step = _link.Tick(_now);
            }
        }
    }

    private int Copies() => _random.Next(10) switch { < 3 => 0, 3 => 2, _ => 1 };

    private void Serve(byte[] frame)
    {
        int control = frame[5];
        if (control == 0x93)
        {
            (_isConnected, _receiveState, _sendState, _unacknowledged) = (true, 0, 0, null);
            Answer(MeterFrames.Ua());
            return;
        }

        if (!_isConnected)
        {
            return;
        }

        int acknowledged = control >> 5;
        if (_unacknowledged is not null && acknowledged == (_sendState + 1) % 8)
        {
            _sendState = acknowledged;
            _unacknowledged = null;
        }

        bool isInformation = (control & 1) == 0;
        if (isInformation && ((control >> 1) & 7) == _receiveState)
        {
            _receiveState = (_receiveState + 1) % 8;
            byte request = frame[^4];
            ExecutedTwice += _executed.Add(request) ? 0 : 1;
            _unacknowledged = MeterFrames.Information(_sendState, _receiveState, [0xC4, request]);
        }

        Answer(_unacknowledged ?? MeterFrames.ReceiveReady(_receiveState));
    }

    private void Answer(byte[] frame)
    {
        for (int copies = Copies(); copies > 0; copies--)
        {
            _toClient.Enqueue(frame);
        }
    }
}
