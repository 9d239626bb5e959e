using System.Buffers;
using DeviceHarness.Codecs.Axdr;

namespace DeviceHarness.Codecs.Dlms;

/// <summary>The xDLMS part of an association request.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, InitiateRequest. The key points into the octets that were decoded.
/// <code>
/// 01 | 00, or 01 length key | 00, or 01 response-allowed | 00, or 01 quality | version | 5F1F0400 conformance 3 | maximum PDU 2
/// </code>
/// </remarks>
public readonly ref struct InitiateRequest
{
    /// <summary>The version of DLMS that is proposed.</summary>
    public const byte CurrentVersion = 6;

    /// <summary>Makes a request of the current version that allows a response.</summary>
    public InitiateRequest()
    {
        IsResponseAllowed = true;
        Version = CurrentVersion;
    }

    /// <summary>The key for this association only; empty when left out. Secret: never logged.</summary>
    public ReadOnlySpan<byte> DedicatedKey { get; init; }

    /// <summary>True unless told otherwise.</summary>
    public bool IsResponseAllowed { get; init; }

    /// <summary>The quality of service; null when left out.</summary>
    public byte? QualityOfService { get; init; }

    /// <summary>6.</summary>
    public byte Version { get; init; }

    /// <summary>The services that the client proposes.</summary>
    public Conformance Conformance { get; init; }

    /// <summary>The longest APDU that the client takes, in octets; 0 for no limit.</summary>
    public ushort ClientMaximumReceivePduOctets { get; init; }

    /// <summary>Decodes the request that the octets start with.</summary>
    /// <param name="source">The octets of the user information.</param>
    /// <param name="request">The request, when done.</param>
    /// <param name="consumedOctets">The request's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out InitiateRequest request, out int consumedOctets, out CodecFault fault)
    {
        AxdrReader reader = new(source);
        request = TryRead(ref reader, out InitiateRequest read) ? read : default;
        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the request; a response that is allowed is left out, as the default.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in InitiateRequest request, Span<byte> target, out int writtenOctets)
    {
        AxdrWriter writer = new(target);
        writer.WriteOctet((byte)ApduTag.InitiateRequest);
        writer.WriteFlag(!request.DedicatedKey.IsEmpty);
        if (!request.DedicatedKey.IsEmpty)
        {
            writer.WriteLengthPrefixed(request.DedicatedKey);
        }

        writer.WriteFlag(!request.IsResponseAllowed);
        if (!request.IsResponseAllowed)
        {
            writer.WriteFlag(false);
        }

        writer.WriteFlag(request.QualityOfService is not null);
        if (request.QualityOfService is byte quality)
        {
            writer.WriteOctet(quality);
        }

        writer.WriteOctet(request.Version);
        ConformanceBlock.Write(ref writer, request.Conformance);
        writer.WriteUInt16(request.ClientMaximumReceivePduOctets);
        return writer.Complete(out writtenOctets);
    }

    private static bool TryRead(scoped ref AxdrReader reader, out InitiateRequest request)
    {
        request = default;
        ReadOnlySpan<byte> key = default;
        bool isResponseAllowed = true;
        if (!reader.TryExpect((byte)ApduTag.InitiateRequest, CodecFaultKind.UnknownTag, ApduFields.TagClause)
            || !reader.TryReadFlag(out bool hasKey)
            || (hasKey && !reader.TryReadLengthPrefixed(out key))
            || !reader.TryReadFlag(out bool hasResponseAllowed)
            || (hasResponseAllowed && !reader.TryReadBoolean(out isResponseAllowed))
            || !ApduFields.TryReadOptionalOctet(ref reader, out byte? quality)
            || !reader.TryReadOctet(out byte version)
            || !ConformanceBlock.TryRead(ref reader, out Conformance conformance)
            || !reader.TryReadUInt16(out ushort maximumPdu))
        {
            return false;
        }

        request = new()
        {
            DedicatedKey = key,
            IsResponseAllowed = isResponseAllowed,
            QualityOfService = quality,
            Version = version,
            Conformance = conformance,
            ClientMaximumReceivePduOctets = maximumPdu,
        };
        return true;
    }
}
