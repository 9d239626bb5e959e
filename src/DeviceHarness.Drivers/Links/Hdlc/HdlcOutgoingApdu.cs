using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>An APDU on its way out, cut into segments of one size; the first one carries the LLC header.</summary>
internal sealed class HdlcOutgoingApdu
{
    private ReadOnlyMemory<byte> _apdu;
    private int _informationOctets;
    private int _segments;
    private int _acknowledged;
    private int _sent;

    /// <summary>Segments that were sent and not acknowledged.</summary>
    internal int InFlight => _sent - _acknowledged;

    /// <summary>Whether the last segment was sent.</summary>
    internal bool IsAllSent => _sent == _segments;

    /// <summary>Whether the server has the whole APDU.</summary>
    internal bool IsAllAcknowledged => _acknowledged == _segments;

    /// <summary>Starts with a new APDU.</summary>
    internal void Start(ReadOnlyMemory<byte> apdu, int informationOctets)
    {
        _apdu = apdu;
        _informationOctets = informationOctets;
        _segments = Math.Max(1, (LlcHeader.OctetCount + apdu.Length + informationOctets - 1) / informationOctets);
        _acknowledged = 0;
        _sent = 0;
    }

    /// <summary>Nothing is to be sent.</summary>
    internal void Clear()
    {
        _apdu = default;
        _segments = 0;
        _acknowledged = 0;
        _sent = 0;
    }

    /// <summary>Puts the next segment to be sent into an information field; says how long it is.</summary>
    internal int Fill(Span<byte> information)
    {
        int headerOctets = 0;
        int begin = (_sent * _informationOctets) - LlcHeader.OctetCount;
        if (_sent == 0)
        {
            LlcHeader.Command.Octets.CopyTo(information);
            headerOctets = LlcHeader.OctetCount;
            begin = 0;
        }

        int octets = Math.Min(_apdu.Length - begin, _informationOctets - headerOctets);
        _apdu.Span.Slice(begin, octets).CopyTo(information[headerOctets..]);
        _sent++;
        return headerOctets + octets;
    }

    /// <summary>The server has so many segments more.</summary>
    internal void Acknowledge(int segments) => _acknowledged += segments;

    /// <summary>What was sent and not acknowledged is to be sent again.</summary>
    internal void GoBack() => _sent = _acknowledged;
}
