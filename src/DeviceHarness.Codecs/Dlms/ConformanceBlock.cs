using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Reads and writes the conformance block: <c>5F 1F 04 00</c> and three octets.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, Conformance, a BER application tag inside A-XDR. Older devices leave out the 1F: accepted, never sent.
/// </remarks>
public static class ConformanceBlock
{
    private const byte ApplicationTag = 0x5F;
    private const byte TagNumber = 0x1F;
    private const byte ContentOctets = 4;
    private const string Clause = "IEC 62056-5-3 Conformance";

    /// <summary>Reads the block with its tag.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="conformance">The services.</param>
    public static bool TryRead(scoped ref AxdrReader reader, out Conformance conformance)
    {
        conformance = Conformance.None;
        if (!reader.TryExpect(ApplicationTag, CodecFaultKind.UnknownTag, Clause))
        {
            return false;
        }

        if (reader.TryPeek(out byte next) && next == TagNumber && !reader.TryReadOctet(out _))
        {
            return false;
        }

        return reader.TryExpect(ContentOctets, CodecFaultKind.BadLength, Clause) && TryReadContent(ref reader, out conformance);
    }

    /// <summary>Reads the unused-bits octet and the three octets.</summary>
    /// <param name="reader">The reader; its fault says what is wrong when this returns false.</param>
    /// <param name="conformance">The services; reserved bits are kept.</param>
    public static bool TryReadContent(scoped ref AxdrReader reader, out Conformance conformance)
    {
        conformance = Conformance.None;
        if (!reader.TryExpect(0, CodecFaultKind.UnexpectedValue, Clause) || !reader.TryReadOctets(3, out ReadOnlySpan<byte> bits))
        {
            return false;
        }

        conformance = (Conformance)((bits[0] << 16) | (bits[1] << 8) | bits[2]);
        return true;
    }

    /// <summary>Writes the block with its tag.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="conformance">The services.</param>
    public static void Write(ref AxdrWriter writer, Conformance conformance)
    {
        int bits = (int)conformance;
        writer.WriteOctets([ApplicationTag, TagNumber, ContentOctets, 0, (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
    }
}
