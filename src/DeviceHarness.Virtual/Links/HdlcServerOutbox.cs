using DeviceHarness.Codecs.Llc;

namespace DeviceHarness.Virtual.Links;

/// <summary>One answer on its way to the client, cut into segments; as many as the window allows may be outstanding.</summary>
internal sealed class HdlcServerOutbox
{
    private byte[] _message = [];
    private int _acknowledgedOctets;
    private int _sentOctets;

    /// <summary>The largest segment, in octets; at least 1.</summary>
    public int SegmentOctets { get; set; } = 1;

    /// <summary>How many segments were sent that the client has not acknowledged.</summary>
    public int OutstandingFrames => (_sentOctets - _acknowledgedOctets + SegmentOctets - 1) / SegmentOctets;

    /// <summary>Whether octets wait to be sent.</summary>
    public bool HasMore => _sentOctets < _message.Length;

    /// <summary>Takes an APDU and puts the LLC header of a response in front.</summary>
    public void Load(ReadOnlySpan<byte> apdu)
    {
        _message = new byte[LlcHeader.OctetCount + apdu.Length];
        LlcHeader.Response.Octets.CopyTo(_message);
        apdu.CopyTo(_message.AsSpan(LlcHeader.OctetCount));
        _acknowledgedOctets = 0;
        _sentOctets = 0;
    }

    /// <summary>The next segment; it is outstanding from now on.</summary>
    public ReadOnlySpan<byte> Next(out bool isLast)
    {
        int octets = Math.Min(SegmentOctets, _message.Length - _sentOctets);
        ReadOnlySpan<byte> segment = _message.AsSpan(_sentOctets, octets);
        _sentOctets += octets;
        isLast = !HasMore;
        return segment;
    }

    /// <summary>The client has the first of the outstanding segments.</summary>
    /// <param name="frames">How many of them.</param>
    public void Acknowledge(int frames) =>
        _acknowledgedOctets = Math.Min(_acknowledgedOctets + (frames * SegmentOctets), _sentOctets);

    /// <summary>The client does not have the outstanding segments: they are to be sent again.</summary>
    public void Rewind() => _sentOctets = _acknowledgedOctets;

    /// <summary>Forgets the answer.</summary>
    public void Clear()
    {
        _message = [];
        _acknowledgedOctets = 0;
        _sentOctets = 0;
    }
}
