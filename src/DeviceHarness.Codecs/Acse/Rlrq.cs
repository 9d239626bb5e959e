using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Acse;

/// <summary>RLRQ: the client releases the association.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, RLRQ-apdu, BER: <c>62 len | 80 01 reason | BE len 04 len value</c>, both optional. A ciphered association repeats
/// the ciphered initiate-request; others leave the user information out.
/// </remarks>
public readonly ref struct Rlrq
{
    /// <summary>The first octet.</summary>
    public const byte Tag = 0x62;

    /// <summary>0 normal, 1 urgent, 30 user-defined; null when left out.</summary>
    public byte? Reason { get; init; }

    /// <summary>The user information; empty when left out.</summary>
    public ReadOnlySpan<byte> UserInformation { get; init; }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="rlrq">The request, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out Rlrq rlrq, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        bool isRead = AcseFields.TryRead(ref reader, Tag, out AcseFields fields);
        rlrq = isRead ? new() { Reason = fields.Reason, UserInformation = fields.UserInformation } : default;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="rlrq">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in Rlrq rlrq, Span<byte> target, out int writtenOctets) =>
        Write(Tag, rlrq.Reason, rlrq.UserInformation, target, out writtenOctets);

    /// <summary>Writes either release APDU.</summary>
    internal static OperationStatus Write(
        byte tag, byte? reason, ReadOnlySpan<byte> userInformation, Span<byte> target, out int writtenOctets)
    {
        const int reasonOctets = 3;
        AxdrWriter writer = new(target);
        writer.WriteOctet(tag);
        writer.WriteLength((reason is null ? 0 : reasonOctets) + AcseFields.NestedOctets(userInformation.Length));
        if (reason is byte value)
        {
            writer.WriteOctets([0x80, 0x01, value]);
        }

        if (!userInformation.IsEmpty)
        {
            AcseFields.WriteUserInformation(ref writer, userInformation);
        }

        return writer.Complete(out writtenOctets);
    }
}
