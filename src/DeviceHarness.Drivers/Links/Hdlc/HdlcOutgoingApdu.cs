using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>An APDU on its way out, segment by segment; the first segment carries the LLC header.</summary>
internal sealed class HdlcOutgoingApdu
{
    private ReadOnlyMemory<byte> _apdu;
    private int _acknowledged;
    private int _underWay;

    /// <summary>Whether segments are left that were never sent or never acknowledged.</summary>
    internal bool HasMore => _acknowledged < _apdu.Length;

    /// <summary>Whether the segment under way, if any, is the last one.</summary>
    internal bool IsLastUnderWay => _acknowledged + _underWay == _apdu.Length;

    /// <summary>Starts with a new APDU.</summary>
    internal void Start(ReadOnlyMemory<byte> apdu)
    {
        _apdu = apdu;
        _acknowledged = 0;
        _underWay = 0;
    }

    /// <summary>Puts the segment that starts at the first octet not yet acknowledged into an information field; says how long it
    /// is.</summary>
    internal int Fill(Span<byte> information)
    {
        int headerOctets = 0;
        if (_acknowledged == 0)
        {
            LlcHeader.Command.Octets.CopyTo(information);
            headerOctets = LlcHeader.OctetCount;
        }

        _underWay = Math.Min(_apdu.Length - _acknowledged, information.Length - headerOctets);
        _apdu.Span.Slice(_acknowledged, _underWay).CopyTo(information[headerOctets..]);
        return headerOctets + _underWay;
    }

    /// <summary>The segment under way has arrived.</summary>
    internal void Acknowledge()
    {
        _acknowledged += _underWay;
        _underWay = 0;
    }
}
