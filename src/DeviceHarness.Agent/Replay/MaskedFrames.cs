using System.Buffers.Binary;
using DeviceHarness.Codecs.Crc;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Agent.Replay;

/// <summary>Frames out of evidence whose secret octets are masked, put together so that they can be read: with zeros there, and a frame
/// check sequence that fits. What is in them is not what was sent; nothing of them goes to a driver.</summary>
internal static class MaskedFrames
{
    private const int FlagOctets = 1;
    private const int FormatOctets = 2;
    private const int CheckOctets = 2;
    private const int LengthMask = 0x07FF;
    private const int TypeShift = 12;
    private const int FormatType = 0xA;

    /// <summary>Restores what a write held.</summary>
    /// <param name="framing">What frames carried it.</param>
    /// <param name="octets">Its octets; null where one is masked.</param>
    public static byte[] Restore(LinkFraming framing, byte?[] octets)
    {
        byte[] restored = [.. octets.Select(octet => octet ?? 0)];
        foreach ((int start, int end) in framing == LinkFraming.Hdlc ? Find(octets) : [])
        {
            ushort check = Crc16X25.Compute(restored.AsSpan(start..(end - CheckOctets)));
            BinaryPrimitives.WriteUInt16LittleEndian(restored.AsSpan(end - CheckOctets), check);
        }

        return restored;
    }

    /// <summary>Which octets of a piece can be held against others: those that are not masked, and are no checksum over one that
    /// is.</summary>
    /// <param name="octets">Its octets; null where one is masked.</param>
    public static bool[] Known(byte?[] octets)
    {
        bool[] known = [.. octets.Select(octet => octet is not null)];
        foreach ((int _, int end) in Find(octets))
        {
            known.AsSpan(end - CheckOctets, CheckOctets).Clear();
        }

        return known;
    }

    /// <summary>The HDLC frames with masked octets: behind the opening flag up to the closing one.</summary>
    private static IEnumerable<(int Start, int End)> Find(byte?[] octets)
    {
        for (int flag = 0; flag + FlagOctets + FormatOctets <= octets.Length; flag++)
        {
            int start = flag + FlagOctets;
            int format = ((octets[start] ?? 0) << 8) | (octets[start + 1] ?? 0);
            int length = format & LengthMask;
            if (octets[flag] != HdlcFrameCodec.Flag || format >> TypeShift != FormatType || length <= FormatOctets + CheckOctets
                || start + length > octets.Length)
            {
                continue;
            }

            if (octets.AsSpan(start, length).Contains(null))
            {
                yield return (start, start + length);
            }

            // The closing flag may open the next frame.
            flag = start + length - 1;
        }
    }
}
