using System.Buffers;

namespace DeviceHarness.Codecs.Zcl;

/// <summary>A ZCL frame: the header and the command's payload, which ends with the octets.</summary>
/// <remarks>Spec: ZigBee Cluster Library, general frame format. The payload points into the octets that were decoded.</remarks>
public readonly ref struct ZclFrame
{
    /// <summary>Makes a frame.</summary>
    /// <param name="header">The header.</param>
    /// <param name="payload">The payload.</param>
    public ZclFrame(ZclHeader header, ReadOnlySpan<byte> payload)
    {
        Header = header;
        Payload = payload;
    }

    /// <summary>The header.</summary>
    public ZclHeader Header { get; }

    /// <summary>The payload; empty for a command without fields.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>A frame as octets.</summary>
    /// <param name="header">The header.</param>
    /// <param name="content">The command's fields.</param>
    /// <param name="level">The newest edition whose fields are sent.</param>
    /// <exception cref="InvalidOperationException">A field that must be there is not.</exception>
    public static byte[] Compose(ZclHeader header, MessageContent content, ProfileLevel level = ProfileLevel.SmartEnergy12)
    {
        ArgumentNullException.ThrowIfNull(content);
        byte[] payload = content.ToOctets(level);
        byte[] target = new byte[ZclHeader.MaximumOctets + payload.Length];
        Encode(new(header, payload), target, out int written);
        return target[..written];
    }

    /// <summary>Reads a frame, which ends with its octets.</summary>
    /// <param name="source">The frame, and nothing behind it.</param>
    /// <param name="frame">The frame, when done.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Read(ReadOnlySpan<byte> source, out ZclFrame frame, out CodecFault fault)
    {
        OperationStatus status = ZclHeader.Decode(source, out ZclHeader header, out int consumedOctets, out fault);
        frame = status == OperationStatus.Done ? new(header, source[consumedOctets..]) : default;
        return status;
    }

    /// <summary>Encodes a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    public static OperationStatus Encode(in ZclFrame frame, Span<byte> target, out int writtenOctets)
    {
        ZclWriter writer = new(target);
        frame.Header.Write(ref writer);
        writer.WriteOctets(frame.Payload);
        return writer.Complete(out writtenOctets);
    }
}
