using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>Knows our own frames when an optical head sends them back, also where client and server have the same address octets.</summary>
/// <remarks>An echo comes before any answer and in the order of what was sent. Of our frames only RR could also be the server's: with
/// equal addresses it counts as an echo once another frame has shown that this line echoes.</remarks>
internal sealed class HdlcEchoFilter
{
    private readonly Queue<(HdlcControl Control, int InformationOctets)> _sent = new();
    private bool _isEchoing;

    /// <summary>A new transmission begins: no echo of an earlier one comes any more.</summary>
    internal void Begin() => _sent.Clear();

    /// <summary>A frame goes out.</summary>
    internal void Sent(HdlcControl control, int informationOctets) => _sent.Enqueue((control, informationOctets));

    /// <summary>Whether a frame is the echo of one of ours.</summary>
    internal bool IsEcho(in HdlcFrame frame, HdlcClientSettings settings)
    {
        bool isAddressedLikeOurs = frame.Destination == settings.Server && frame.Source == settings.Client;
        if (!isAddressedLikeOurs)
        {
            return false;
        }

        bool isOurs = settings.Server != settings.Client;
        bool isExpected = _sent.TryPeek(out (HdlcControl Control, int InformationOctets) sent)
            && sent == (frame.Control, frame.Information.Length);
        if (!isExpected)
        {
            return isOurs;
        }

        if (frame.Control.Kind != HdlcFrameKind.ReceiveReady || isOurs)
        {
            _isEchoing = true;
        }

        if (_isEchoing)
        {
            _ = _sent.Dequeue();
        }

        return _isEchoing;
    }
}
