using System.Buffers;

namespace DeviceHarness.Codecs.Ezsp;

/// <summary>Reads and writes whole EZSP frames: a header and the parameters of one message.</summary>
public static class EzspFrame
{
    /// <summary>Reads the parameters of a frame.</summary>
    /// <param name="parameters">What follows the header; octets behind the message are a newer version's and are left alone.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    /// <param name="message">The message, when done.</param>
    /// <param name="fault">Where the octets end, when they do too soon; counted from the first parameter.</param>
    /// <typeparam name="T">The message that the header's identifier and direction say it is.</typeparam>
    public static OperationStatus ReadParameters<T>(
        ReadOnlyMemory<byte> parameters, EzspVersion version, out T message, out CodecFault fault)
        where T : struct, IEzspMessage<T>
    {
        EzspReader reader = new(parameters, version);
        T read = T.Read(ref reader);
        fault = reader.Fault;
        message = reader.Status == OperationStatus.Done ? read : default;
        return reader.Status;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="form">The form of its header: that of the version, but for the first version command and its answer.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    /// <param name="message">Its parameters.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="writtenOctets">The frame's length when done, otherwise 0.</param>
    /// <typeparam name="T">The kind of message.</typeparam>
    public static OperationStatus Encode<T>(
        in EzspHeader header, EzspHeaderForm form, EzspVersion version, in T message, Span<byte> target, out int writtenOctets)
        where T : struct, IEzspMessage<T>
    {
        OperationStatus status = EzspHeader.Encode(header, form, target, out writtenOctets);
        if (status != OperationStatus.Done)
        {
            return status;
        }

        EzspWriter writer = new(target[writtenOctets..], version);
        message.Write(ref writer);
        writtenOctets = writer.Status == OperationStatus.Done ? writtenOctets + writer.WrittenOctets : 0;
        return writer.Status;
    }
}
