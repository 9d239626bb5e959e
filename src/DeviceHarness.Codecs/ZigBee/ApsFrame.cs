using System.Buffers;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.ZigBee;

/// <summary>An APS frame: the header and what it carries, which ends with the octets.</summary>
/// <remarks>
/// Spec: ZigBee specification, general APDU frame format. Of a secured frame the payload is the auxiliary header, the ciphered octets and
/// the integrity code. The payload points into the octets that were decoded.
/// </remarks>
public readonly ref struct ApsFrame
{
    /// <summary>Makes a frame.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">The payload.</param>
    public ApsFrame(ApsHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The header.</summary>
    public ApsHeader Header { get; }

    /// <summary>The payload: a ZCL frame or a ZDO message, of a command the command.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Reads a frame, which ends with its octets.</summary>
    /// <param name="source">The frame, and nothing behind it.</param>
    /// <param name="frame">The frame, when done.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Read(ReadOnlySpan<byte> source, out ApsFrame frame, out CodecFault fault)
    {
        OperationStatus status = ApsHeader.Decode(source, out ApsHeader header, out int consumedOctets, out fault);
        frame = status == OperationStatus.Done ? new(header, source[consumedOctets..]) : default;
        return status;
    }

    /// <summary>Encodes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in ApsFrame frame, Span<byte> target, out int writtenOctets)
    {
        ZclWriter writer = new(target);
        frame.Header.Write(ref writer);
        writer.WriteOctets(frame.Payload);
        return writer.Complete(out writtenOctets);
    }
}
