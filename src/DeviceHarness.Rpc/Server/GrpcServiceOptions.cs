using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How services are served.</summary>
public sealed class GrpcServiceOptions
{
    private const int DefaultMaxReceiveOctets = 4 * 1024 * 1024;

    /// <summary>The longest message sent, in octets; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The longest message received, in octets; 4 MiB by default; null: no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveOctets;

    /// <summary>The encodings understood in requests and offered for responses; gzip by default.</summary>
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [new GzipCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>The encoding of responses for clients that accept it; null (the default): none. A message that would not become smaller
    /// is sent as it is, and so is one written with <see cref="Grpc.Core.WriteFlags.NoCompress"/>.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>The effort of compressing responses; null (the default): the provider's choice.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Whether a client is told what exception a handler threw. Off by default: the text may show what a client should not
    /// see.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Whether calls to unknown services are left to other endpoints (HTTP 404) instead of being answered UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }
}
