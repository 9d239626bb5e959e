using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Acse;

/// <summary>AARE: the server accepts or rejects an association.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, AARE-apdu, BER. Spans point into the octets that were decoded. Fields not listed are skipped. A rejecting meter may
/// leave the user information out.
/// <code>
/// 61 len | A1 09 06 07 60857405 0801 n  application context
///        | A2 03 02 01 r                result
///        | A3 05 A1 03 02 01 d          diagnostic (A2 inside: of the provider)
///        | A4 len 04 len title          responding AP title: the server's system title
///        | 88 02 07 80 | 89 07 60857405 0802 m | AA len 80 len value    requirements, mechanism, challenge
///        | BE len 04 len initiate-response or confirmed-service-error
/// </code>
/// </remarks>
public readonly ref struct Aare
{
    /// <summary>The first octet.</summary>
    public const byte Tag = 0x61;

    /// <summary>Makes an accepting response with no diagnostic.</summary>
    public Aare()
    {
        Context = ApplicationContext.LogicalName;
        DiagnosticSource = DiagnosticSource.ServiceUser;
    }

    /// <summary>How objects are referenced and whether APDUs may be ciphered.</summary>
    public ApplicationContext Context { get; init; }

    /// <summary>Whether the association is accepted. Decide on this field only.</summary>
    public AssociationResult Result { get; init; }

    /// <summary>Who gives the diagnostic.</summary>
    public DiagnosticSource DiagnosticSource { get; init; }

    /// <summary>Why; 14 with HLS asks for pass 3.</summary>
    public AssociationDiagnostic Diagnostic { get; init; }

    /// <summary>The server's system title; empty when left out.</summary>
    public ReadOnlySpan<byte> RespondingApTitle { get; init; }

    /// <summary>The mechanism; null when left out.</summary>
    public AuthenticationMechanism? Mechanism { get; init; }

    /// <summary>HLS: the challenge to the client. Empty when left out.</summary>
    public ReadOnlySpan<byte> AuthenticationValue { get; init; }

    /// <summary>The encoded initiate-response (08) or confirmed-service-error (0E), or a ciphered form; empty when left out.</summary>
    public ReadOnlySpan<byte> UserInformation { get; init; }

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU; octets after it are left alone.</param>
    /// <param name="aare">The response, when done.</param>
    /// <param name="consumedOctets">The APDU's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, such as a missing result, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out Aare aare, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        aare = default;
        if (AcseFields.TryRead(ref reader, Tag, out AcseFields fields))
        {
            if (fields.Result is not byte result)
            {
                reader.Fail(new(CodecFaultKind.UnexpectedValue, 0, 0xA2, -1, AcseFields.Clause));
                return reader.Complete(out consumedOctets, out fault);
            }

            aare = new()
            {
                Context = fields.Context,
                Result = (AssociationResult)result,
                DiagnosticSource = (DiagnosticSource)fields.DiagnosticSource,
                Diagnostic = (AssociationDiagnostic)fields.Diagnostic,
                RespondingApTitle = fields.ApTitle,
                Mechanism = fields.Mechanism,
                AuthenticationValue = fields.AuthenticationValue,
                UserInformation = fields.UserInformation,
            };
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="aare">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in Aare aare, Span<byte> target, out int writtenOctets)
    {
        const int contextOctets = 11;
        const int resultOctets = 5;
        const int diagnosticOctets = 7;
        const int mechanismOctets = 13;
        AxdrWriter writer = new(target);
        writer.WriteOctet(Tag);
        writer.WriteLength(
            contextOctets
            + resultOctets
            + diagnosticOctets
            + AcseFields.NestedOctets(aare.RespondingApTitle.Length)
            + (aare.Mechanism is null ? 0 : mechanismOctets)
            + AcseFields.NestedOctets(aare.AuthenticationValue.Length)
            + AcseFields.NestedOctets(aare.UserInformation.Length));
        AcseFields.WriteContext(ref writer, aare.Context);
        byte source = (byte)(aare.DiagnosticSource == DiagnosticSource.ServiceProvider ? 0xA2 : 0xA1);
        writer.WriteOctets([0xA2, 0x03, 0x02, 0x01, (byte)aare.Result]);
        writer.WriteOctets([0xA3, 0x05, source, 0x03, 0x02, 0x01, (byte)aare.Diagnostic]);
        if (!aare.RespondingApTitle.IsEmpty)
        {
            AcseFields.WriteTitle(ref writer, 0xA4, aare.RespondingApTitle);
        }

        if (aare.Mechanism is AuthenticationMechanism mechanism)
        {
            AcseFields.WriteMechanism(ref writer, 0x88, 0x89, mechanism);
        }

        if (!aare.AuthenticationValue.IsEmpty)
        {
            AcseFields.WriteAuthenticationValue(ref writer, 0xAA, aare.AuthenticationValue);
        }

        if (!aare.UserInformation.IsEmpty)
        {
            AcseFields.WriteUserInformation(ref writer, aare.UserInformation);
        }

        return writer.Complete(out writtenOctets);
    }
}
