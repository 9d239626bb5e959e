using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages. Thread safe.</summary>
public interface ICompressionProvider
{
    /// <summary>Its name in <c>grpc-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it.</summary>
    /// <param name="stream">Where the compressed octets go; left open.</param>
    /// <param name="compressionLevel">How much effort; null: the provider's own choice.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that gives the octets back.</summary>
    /// <param name="stream">Where the compressed octets come from; left open.</param>
    Stream CreateDecompressionStream(Stream stream);
}
