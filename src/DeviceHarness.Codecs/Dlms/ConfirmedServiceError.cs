using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>Why an association, read or write was refused at the service level: <c>0E service class value</c>.</summary>
/// <remarks>Spec: IEC 62056-5-3, ConfirmedServiceError.</remarks>
/// <param name="Service">1 initiate, 5 read, 6 write; 1 to 19 have names.</param>
/// <param name="ErrorClass">0 application-reference, 5 access, 6 initiate; 0 to 10 have names.</param>
/// <param name="Value">The error inside its class.</param>
public readonly record struct ConfirmedServiceError(byte Service, byte ErrorClass, byte Value)
{
    /// <summary>How many octets the APDU has.</summary>
    public const int OctetCount = 4;

    /// <summary>The service of an association request.</summary>
    public const byte InitiateService = 1;

    /// <summary>The error class of an association request.</summary>
    public const byte InitiateClass = 6;

    /// <summary>An association was refused because the proposed version is too low.</summary>
    public static ConfirmedServiceError DlmsVersionTooLow => new(InitiateService, InitiateClass, 1);

    /// <summary>An association was refused because too few of the proposed services are there.</summary>
    public static ConfirmedServiceError IncompatibleConformance => new(InitiateService, InitiateClass, 2);

    /// <summary>An association was refused because the client's PDU size is too small.</summary>
    public static ConfirmedServiceError PduSizeTooShort => new(InitiateService, InitiateClass, 3);

    /// <summary>
    /// The standard's name of the error, such as <c>initiate / dlms-version-too-low</c>; numbers where no name is known.
    /// </summary>
    public string Name => ServiceErrorNames.Of(ErrorClass, Value);

    /// <summary>The standard's name of the service that failed, such as <c>initiateError</c>; a number where no name is known.</summary>
    public string ServiceName => ServiceErrorNames.Service(Service);

    /// <summary>Decodes the APDU that the octets start with.</summary>
    /// <param name="source">The APDU.</param>
    /// <param name="error">The error, when done.</param>
    /// <param name="consumedOctets">4 when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out ConfirmedServiceError error, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        error = default;
        if (reader.TryExpect((byte)ApduTag.ConfirmedServiceError, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && reader.TryReadOctets(OctetCount - 1, out ReadOnlySpan<byte> octets))
        {
            error = new(octets[0], octets[1], octets[2]);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the APDU.</summary>
    /// <param name="error">The error.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">4 when done, otherwise 0.</param>
    public static OperationStatus Encode(in ConfirmedServiceError error, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctets([(byte)ApduTag.ConfirmedServiceError, error.Service, error.ErrorClass, error.Value]);
        return writer.Complete(out writtenOctets);
    }
}
