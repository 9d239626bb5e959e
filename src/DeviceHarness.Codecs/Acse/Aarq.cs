using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Acse;

/// <summary>AARQ: the client asks to associate.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, AARQ-apdu, BER. Spans point into the octets that were decoded. Fields not listed are skipped.
/// <code>
/// 60 len | A1 09 06 07 60857405 0801 n     application context
///        | A6 len 04 len title             calling AP title: the client's system title
///        | A9 03 02 01 id                  calling AE invocation id: the user id
///        | 8A 02 07 80                     requirements: authentication
///        | 8B 07 60857405 0802 m           mechanism
///        | AC len 80 len value             password or challenge
///        | BE len 04 len initiate-request  user information, in clear or ciphered
/// </code>
/// </remarks>
public readonly ref struct Aarq
{
    /// <summary>The first octet.</summary>
    public const byte Tag = 0x60;

    /// <summary>How objects are referenced and whether APDUs may be ciphered.</summary>
    public ApplicationContext Context { get; init; }

    /// <summary>The client's system title; empty when left out.</summary>
    public ReadOnlySpan<byte> CallingApTitle { get; init; }

    /// <summary>The user id; null when left out.</summary>
    public byte? CallingAeInvocationId { get; init; }

    /// <summary>The mechanism; null when left out, which means none.</summary>
    public AuthenticationMechanism? Mechanism { get; init; }

    /// <summary>LLS: the password. HLS: the challenge to the server, 8 to 64 octets. Empty when left out.</summary>
    public ReadOnlySpan<byte> AuthenticationValue { get; init; }

    /// <summary>The encoded initiate-request, ciphered when its first octet is 21 or DB; empty when left out.</summary>
    public ReadOnlySpan<byte> UserInformation { get; init; }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="aarq">The request, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out Aarq aarq, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        aarq = default;
        if (AcseFields.TryRead(ref reader, Tag, out AcseFields fields))
        {
            aarq = new()
            {
                Context = fields.Context,
                CallingApTitle = fields.ApTitle,
                CallingAeInvocationId = fields.AeInvocationId,
                Mechanism = fields.Mechanism,
                AuthenticationValue = fields.AuthenticationValue,
                UserInformation = fields.UserInformation,
            };
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="aarq">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in Aarq aarq, Span<byte> target, out int writtenOctets)
    {
        const int contextOctets = 11;
        const int invocationIdOctets = 5;
        const int mechanismOctets = 13;
        AxdrWriter writer = new(target);
        writer.WriteOctet(Tag);
        writer.WriteLength(
            contextOctets
            + AcseFields.NestedOctets(aarq.CallingApTitle.Length)
            + (aarq.CallingAeInvocationId is null ? 0 : invocationIdOctets)
            + (aarq.Mechanism is null ? 0 : mechanismOctets)
            + AcseFields.NestedOctets(aarq.AuthenticationValue.Length)
            + AcseFields.NestedOctets(aarq.UserInformation.Length));
        AcseFields.WriteContext(ref writer, aarq.Context);
        if (!aarq.CallingApTitle.IsEmpty)
        {
            AcseFields.WriteTitle(ref writer, 0xA6, aarq.CallingApTitle);
        }

        if (aarq.CallingAeInvocationId is byte userId)
        {
            writer.WriteOctets([0xA9, 0x03, 0x02, 0x01, userId]);
        }

        if (aarq.Mechanism is AuthenticationMechanism mechanism)
        {
            AcseFields.WriteMechanism(ref writer, 0x8A, 0x8B, mechanism);
        }

        if (!aarq.AuthenticationValue.IsEmpty)
        {
            AcseFields.WriteAuthenticationValue(ref writer, 0xAC, aarq.AuthenticationValue);
        }

        if (!aarq.UserInformation.IsEmpty)
        {
            AcseFields.WriteUserInformation(ref writer, aarq.UserInformation);
        }

        return writer.Complete(out writtenOctets);
    }
}
