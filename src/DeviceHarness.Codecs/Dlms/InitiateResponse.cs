using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The xDLMS part of an accepted association.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, InitiateResponse.
/// <code>
/// 08 | 00, or 01 quality | version | 5F1F0400 conformance 3 | maximum PDU 2 | VAA name 2
/// </code>
/// </remarks>
/// <param name="Conformance">The services that both sides can do.</param>
/// <param name="ServerMaximumReceivePduOctets">The longest APDU that the server takes, in octets; 0 for no limit.</param>
/// <param name="VaaName">0007 with logical names, FA00 with short names.</param>
/// <param name="Version">The version agreed.</param>
/// <param name="QualityOfService">The quality of service; null when left out.</param>
public readonly record struct InitiateResponse(
    Conformance Conformance,
    ushort ServerMaximumReceivePduOctets,
    ushort VaaName = InitiateResponse.LogicalNameVaa,
    byte Version = InitiateRequest.CurrentVersion,
    byte? QualityOfService = null)
{
    /// <summary>The VAA name with logical names.</summary>
    public const ushort LogicalNameVaa = 0x0007;

    /// <summary>The VAA name with short names.</summary>
    public const ushort ShortNameVaa = 0xFA00;

    /// <summary>Decodes the response that the octets start with.</summary>
    /// <param name="source">The octets of the user information.</param>
    /// <param name="response">The response, when done.</param>
    /// <param name="consumedOctets">The response's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out InitiateResponse response, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        response = default;
        if (reader.TryExpect((byte)ApduTag.InitiateResponse, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            && ApduFields.TryReadOptionalOctet(ref reader, out byte? quality)
            && reader.TryReadOctet(out byte version)
            && ConformanceBlock.TryRead(ref reader, out Conformance conformance)
            && reader.TryReadUInt16(out ushort maximumPdu)
            && reader.TryReadUInt16(out ushort vaaName))
        {
            response = new(conformance, maximumPdu, vaaName, version, quality);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the response.</summary>
    /// <param name="response">The response.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in InitiateResponse response, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)ApduTag.InitiateResponse);
        writer.WriteFlag(response.QualityOfService is not null);
        if (response.QualityOfService is byte quality)
        {
            writer.WriteOctet(quality);
        }

        writer.WriteOctet(response.Version);
        ConformanceBlock.Write(ref writer, response.Conformance);
        writer.WriteUInt16(response.ServerMaximumReceivePduOctets);
        writer.WriteUInt16(response.VaaName);
        return writer.Complete(out writtenOctets);
    }
}
