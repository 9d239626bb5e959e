using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Acse;

/// <summary>RLRE: the server says that the association is released.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, RLRE-apdu, BER: <c>63 len | 80 01 reason | BE len 04 len value</c>, both optional.
/// Departs: wrong lengths inside are accepted, since peers send them and the association is over either way; they are never produced.
/// </remarks>
public readonly ref struct Rlre
{
    /// <summary>The first octet.</summary>
    public const byte Tag = 0x63;

    /// <summary>0 normal, 1 not finished, 30 user-defined; null when left out.</summary>
    public byte? Reason { get; init; }

    /// <summary>The user information; empty when left out or damaged.</summary>
    public ReadOnlySpan<byte> UserInformation { get; init; }

    /// <summary>True when a length inside was wrong and the rest was not read.</summary>
    public bool HasLengthError { get; private init; }

    /// <summary>Decodes the APDU; whatever starts with its tag is a release.</summary>
    /// <param name="source">The APDU.</param>
    /// <param name="rlre">The response, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done (all octets after a wrong length), otherwise 0.</param>
    /// <param name="fault">What is wrong: with <see cref="HasLengthError"/> it is set although the status is done.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out Rlre rlre, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        if (AcseFields.TryRead(ref reader, Tag, out AcseFields fields))
        {
            rlre = new() { Reason = fields.Reason, UserInformation = fields.UserInformation };
            return reader.Complete(out consumedOctets, out fault);
        }

        if (source.Length < 2 || source[0] != Tag)
        {
            rlre = default;
            return reader.Complete(out consumedOctets, out fault);
        }

        rlre = new() { Reason = fields.Reason, HasLengthError = true };
        consumedOctets = source.Length;
        fault = reader.Fault;
        return OperationStatus.Done;
    }

    /// <summary>Encodes the APDU, with right lengths always.</summary>
    /// <param name="rlre">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in Rlre rlre, Span<byte> target, out int writtenOctets) =>
        Rlrq.Write(Tag, rlre.Reason, rlre.UserInformation, target, out writtenOctets);
}
