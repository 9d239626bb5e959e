using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>A glo-, ded- or general wrapper, recognised and taken apart to its fields; its content stays as it was sent.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, ciphered APDUs. Spans point into the octets that were decoded.
/// <code>
/// glo-, ded-    tag | length | security control 1 | invocation counter 4 | payload
/// DB, DC        tag | length title | length | security control 1 | invocation counter 4 | payload
/// DD, DF        tag | the rest, not taken apart
/// </code>
/// </remarks>
public readonly ref struct CipheredApdu
{
    /// <summary>Makes a wrapper.</summary>
    /// <param name="tag">The wrapper's tag.</param>
    /// <param name="systemTitle">DB and DC: the sender's system title, or empty for the one known; otherwise empty.</param>
    /// <param name="content">Security control, counter and payload; of DD and DF everything after the tag.</param>
    public CipheredApdu(ApduTag tag, ReadOnlySpan<byte> systemTitle, ReadOnlySpan<byte> content)
    {
        Tag = tag;
        SystemTitle = systemTitle;
        Content = content;
    }

    /// <summary>The wrapper's tag.</summary>
    public ApduTag Tag { get; }

    /// <summary>DB and DC: the sender's system title; empty for the one known from the association.</summary>
    public ReadOnlySpan<byte> SystemTitle { get; }

    /// <summary>Security control, counter and payload; of DD and DF everything after the tag.</summary>
    public ReadOnlySpan<byte> Content { get; }

    /// <summary>The security control octet; null when there is none.</summary>
    public byte? SecurityControl => IsTakenApart(Tag) && Content.Length > 0 ? Content[0] : null;

    /// <summary>The invocation counter; null when there is none.</summary>
    public uint? InvocationCounter => IsTakenApart(Tag) && Content.Length >= 1 + sizeof(uint)
        ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(Content[1..])
        : null;

    /// <summary>True when an APDU with this first octet is a wrapper.</summary>
    /// <param name="tag">The first octet.</param>
    public static bool IsCiphered(byte tag) => tag is 0x21 or 0x28 or 0x2E or 0x41 or 0x48 or 0x4E
        or (>= 0xC8 and <= 0xCF and not 0xCE) or (>= 0xD0 and <= 0xD7 and not 0xD6) or 0xDB or 0xDC or 0xDD or 0xDF;

    /// <summary>Decodes the wrapper that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone, except with DD and DF, which take all.</param>
    /// <param name="apdu">The wrapper, when done.</param>
    /// <param name="consumedOctets">The wrapper's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out CipheredApdu apdu, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        apdu = default;
        if (reader.TryReadOctet(out byte tag))
        {
            ReadOnlySpan<byte> title = default;
            ReadOnlySpan<byte> content = default;
            bool isRead = (ApduTag)tag switch
            {
                _ when !IsCiphered(tag) => reader.Fail(new(CodecFaultKind.UnknownTag, 0, -1, tag, ApduFields.TagClause)),
                ApduTag.GeneralCiphering or ApduTag.GeneralSigning => reader.TryReadOctets(reader.RemainingOctets, out content),
                ApduTag.GeneralGloCiphering or ApduTag.GeneralDedCiphering =>
                    reader.TryReadLengthPrefixed(out title) && reader.TryReadLengthPrefixed(out content),
                _ => reader.TryReadLengthPrefixed(out content),
            };
            apdu = isRead ? new((ApduTag)tag, title, content) : default;
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the wrapper around its content.</summary>
    /// <param name="apdu">The wrapper.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in CipheredApdu apdu, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)apdu.Tag);
        switch (apdu.Tag)
        {
            case var tag when !IsCiphered((byte)tag):
                writer.Fail();
                break;
            case ApduTag.GeneralCiphering or ApduTag.GeneralSigning:
                writer.WriteOctets(apdu.Content);
                break;
            case ApduTag.GeneralGloCiphering or ApduTag.GeneralDedCiphering:
                writer.WriteLengthPrefixed(apdu.SystemTitle);
                writer.WriteLengthPrefixed(apdu.Content);
                break;
            default:
                writer.WriteLengthPrefixed(apdu.Content);
                break;
        }

        return writer.Complete(out writtenOctets);
    }

    private static bool IsTakenApart(ApduTag tag) => tag is not (ApduTag.GeneralCiphering or ApduTag.GeneralSigning);
}
