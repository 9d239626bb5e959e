using FluentAssertions;

namespace DeviceHarness.Virtual.Tests;

/// <summary>A client that knows frames and sequence numbers and no APDU: it sends the octets it is given and puts segments
/// together.</summary>
internal sealed class ScriptedClient(Func<byte[], byte[]> exchange, byte client = ClientFrames.ManagementClient)
{
    private int _sendSequence;
    private int _receiveSequence;

    public int ReceivedFrames { get; private set; }

    public (int Send, int Receive) Sequences => (_sendSequence, _receiveSequence);

    /// <summary>Goes on with a link that somebody else opened.</summary>
    public void Resume(int sendSequence, int receiveSequence)
    {
        _sendSequence = sendSequence;
        _receiveSequence = receiveSequence;
    }

    public ServerFrame Connect()
    {
        _sendSequence = 0;
        _receiveSequence = 0;
        return Single(ClientFrames.Snrm(client));
    }

    public ServerFrame Disconnect() => Single(ClientFrames.Disc(client));

    /// <summary>Sends an APDU and returns the whole answer, both in hexadecimal and without LLC header; null when nothing came.</summary>
    public string? Send(string apdu)
    {
        byte[] request = ClientFrames.Information(_sendSequence, _receiveSequence, "E6E600" + apdu, client);
        _sendSequence = (_sendSequence + 1) % 8;
        IReadOnlyList<ServerFrame> answer = ClientFrames.Parse(exchange(request));
        string message = string.Empty;
        while (answer.Count > 0)
        {
            ServerFrame frame = answer.Should().ContainSingle().Subject;
            (frame.Control & 1).Should().Be(0, "an I frame was due, {0} came", frame);
            ((frame.Control >> 1) & 7).Should().Be(_receiveSequence);
            (frame.Control >> 5).Should().Be(_sendSequence);
            ReceivedFrames++;
            message += frame.Information;
            _receiveSequence = (_receiveSequence + 1) % 8;
            if (!frame.IsSegmented)
            {
                message.Should().StartWith("E6E700");
                return message[6..];
            }

            answer = ClientFrames.Parse(exchange(ClientFrames.ReceiveReady(_receiveSequence, client)));
        }

        return null;
    }

    /// <summary>Polls for an APDU that follows the last one without being asked for; without LLC header.</summary>
    public string Next()
    {
        ServerFrame frame = Poll();
        (frame.Control & 1).Should().Be(0, "an I frame was due, {0} came", frame);
        frame.IsSegmented.Should().BeFalse();
        frame.Information.Should().StartWith("E6E700");
        _receiveSequence = (_receiveSequence + 1) % 8;
        return frame.Information[6..];
    }

    /// <summary>Sends an APDU that the station only acknowledges, at once.</summary>
    public void SendOneWay(string apdu)
    {
        ServerFrame frame = Single(ClientFrames.Information(_sendSequence, _receiveSequence, "E6E600" + apdu, client));
        _sendSequence = (_sendSequence + 1) % 8;
        (frame.Control & 0x0F).Should().Be(0x01, "RR was due, {0} came", frame);
        (frame.Control >> 5).Should().Be(_sendSequence);
    }

    public ServerFrame Poll() => Single(ClientFrames.ReceiveReady(_receiveSequence, client));

    private ServerFrame Single(byte[] request) => ClientFrames.Parse(exchange(request)).Should().ContainSingle().Subject;
}
