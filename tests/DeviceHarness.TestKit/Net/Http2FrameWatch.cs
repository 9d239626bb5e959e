using System.Buffers.Binary;

namespace DeviceHarness.TestKit.Net;

/// <summary>Reads the frame headers of one direction of a cleartext HTTP/2 connection, in whatever pieces they come, and counts
/// pings.</summary>
/// <remarks>Spec: RFC 9113, clauses 3.4, 4.1 and 6.7.</remarks>
internal sealed class Http2FrameWatch(PingCounts pings, bool startsWithPreface)
{
    private const int PrefaceOctets = 24;
    private const int HeaderOctets = 9;
    private const byte PingType = 0x6;
    private const byte AckFlag = 0x1;

    private readonly byte[] _header = new byte[HeaderOctets];
    private int _held;
    private int _skip = startsWithPreface ? PrefaceOctets : 0;

    /// <summary>Takes the next octets.</summary>
    public void Feed(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (_skip > 0)
            {
                int passed = Math.Min(_skip, octets.Length);
                _skip -= passed;
                octets = octets[passed..];
                continue;
            }

            int taken = Math.Min(HeaderOctets - _held, octets.Length);
            octets[..taken].CopyTo(_header.AsSpan(_held));
            _held += taken;
            octets = octets[taken..];
            if (_held == HeaderOctets)
            {
                Count();
            }
        }
    }

    private void Count()
    {
        _held = 0;
        _skip = BinaryPrimitives.ReadInt32BigEndian(_header) >> 8;
        if (_header[3] == PingType)
        {
            ((_header[4] & AckFlag) == 0 ? pings.Asked : pings.Answered).Add(1);
        }
    }
}
