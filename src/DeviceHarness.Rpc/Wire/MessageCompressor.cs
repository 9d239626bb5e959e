using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace DeviceHarness.Rpc.Wire;

/// <summary>Compresses the messages of one direction of a call.</summary>
/// <param name="provider">The encoding.</param>
/// <param name="level">The effort; null: the provider's choice.</param>
internal sealed class MessageCompressor(ICompressionProvider provider, CompressionLevel? level)
{
    public string EncodingName => provider.EncodingName;

    /// <summary>The compressor for a message, or null when it is to be left alone.</summary>
    public static MessageCompressor? Unless(WriteOptions? options, MessageCompressor? compressor) =>
        options is not null && options.Flags.HasFlag(WriteFlags.NoCompress) ? null : compressor;

    /// <summary>A compressed copy of a frame; null when it would not be smaller.</summary>
    /// <remarks>Peers fail on the compressed form of nothing, and random octets grow.</remarks>
    public FrameBuffer? TryCompress(FrameBuffer plain)
    {
        ReadOnlySpan<byte> payload = plain.Payload.Span;
        FrameBuffer compressed = new(limitOctets: null);
        try
        {
            using (Stream stream = provider.CreateCompressionStream(new BufferWriterStream(compressed), level))
            {
                stream.Write(payload);
            }

            compressed.Complete(FrameHeader.Compressed);
            if (!payload.IsEmpty && compressed.Payload.Length < payload.Length)
            {
                return compressed;
            }
        }
        catch
        {
            compressed.Dispose();
            throw;
        }

        compressed.Dispose();
        return null;
    }
}
