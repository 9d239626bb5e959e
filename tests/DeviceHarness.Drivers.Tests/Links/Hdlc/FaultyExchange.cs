using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;

namespace DeviceHarness.Drivers.Tests.Links.Hdlc;

/// <summary>A client link and a small correct server of the tests' own, on a line that loses and doubles frames by a seed.</summary>
internal sealed class FaultyExchange
{
    private const int InformationOctets = 32;

    private readonly Random _random;
    private readonly int _window;
    private readonly int _segments;
    private readonly HdlcClientLink _link;
    private readonly ScriptedServer _server;
    private readonly Queue<byte[]> _toClient = new();
    private TimeSpan _now;

    /// <summary>Makes both ends.</summary>
    /// <param name="seed">Which frames are lost and doubled.</param>
    /// <param name="window">The window both ways.</param>
    /// <param name="segments">How many segments a request has, and an answer.</param>
    internal FaultyExchange(int seed, int window = 1, int segments = 1)
    {
        _random = new Random(seed);
        _window = window;
        _segments = segments;
        _server = new ScriptedServer(window, InformationOctets, segments);
        _link = new HdlcClientLink(new HdlcClientSettings
        {
            Client = HdlcAddress.Client(16),
            Server = HdlcAddress.Server(1),
            Proposal = new HdlcParameters(InformationOctets, InformationOctets, (uint)window, (uint)window),
            ResponseTimeout = TimeSpan.FromSeconds(1),
            Retries = 3,
        });
    }

    internal int RightAnswers { get; private set; }

    internal int WrongAnswers { get; private set; }

    internal int ExecutedTwice => _server.ExecutedTwice;

    internal void Run(int requests)
    {
        for (byte request = 0; request < requests; request++)
        {
            if (_link.State != HdlcClientState.Connected && Drive(_link.Connect(_now)) != HdlcLinkEvent.Connected)
            {
                continue;
            }

            byte[] apdu = ScriptedServer.Apdu(request, InformationOctets, _segments);
            if (Drive(_link.Send(apdu, _now)) == HdlcLinkEvent.ApduReceived)
            {
                bool isRight = _link.ReceivedApdu.Span.SequenceEqual(ScriptedServer.AnswerTo(apdu));
                RightAnswers += isRight ? 1 : 0;
                WrongAnswers += isRight ? 0 : 1;
            }
        }
    }

    private HdlcLinkEvent Drive(HdlcLinkStep step)
    {
        while (true)
        {
            foreach (byte[] frame in Frames(step.Transmit.ToArray()))
            {
                for (int copies = Copies(); copies > 0; copies--)
                {
                    Answer(_server.Serve(frame));
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

    private static IEnumerable<byte[]> Frames(byte[] octets)
    {
        for (int start = 0; start < octets.Length;)
        {
            int end = start + (((octets[start + 1] & 7) << 8) | octets[start + 2]) + 2;
            yield return octets[start..end];
            start = end;
        }
    }

    private int Copies() => _random.Next(10 * _window) switch { < 3 => 0, 3 => 2, _ => 1 };

    private void Answer(IEnumerable<byte[]> frames)
    {
        foreach (byte[] frame in frames)
        {
            for (int copies = Copies(); copies > 0; copies--)
            {
                _toClient.Enqueue(frame);
            }
        }
    }
}
