using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Client;

/// <summary>How a channel works.</summary>
public sealed class GrpcChannelOptions
{
    private const int DefaultMaxReceiveOctets = 4 * 1024 * 1024;

    private static readonly IList<ICompressionProvider> DefaultProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)];

    /// <summary>What carries the requests; null: a socket handler of the channel's own, with keep-alive pings.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether disposing of the channel disposes of <see cref="HttpHandler"/>. The channel's own handler is always disposed
    /// of.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether TLS is wanted; null: as the address says. The two may not contradict each other.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>The longest message sent, in octets; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The longest message received, in octets; 4 MiB by default; null: no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveOctets;

    /// <summary>The encodings understood in responses and possible for requests; null (the default): gzip. A call compresses its
    /// requests when its headers have the entry <c>grpc-internal-encoding-request</c> with an encoding's name, which is not sent. A
    /// message that would not become smaller is sent as it is, and so is one written with <see cref="WriteFlags.NoCompress"/>.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Whether a call that its own token or deadline ended throws <see cref="OperationCanceledException"/>
    /// (with the <see cref="RpcException"/> inside) instead of <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>The encodings in force.</summary>
    internal IList<ICompressionProvider> Encodings => CompressionProviders ?? DefaultProviders;

    /// <summary>The clock of deadlines. The official class has none, so tests of this assembly alone set it.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
