using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>How a channel works.</summary>
public sealed class GrpcChannelOptions
{
    private const int DefaultMaxReceiveOctets = 4 * 1024 * 1024;

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

    /// <summary>Whether a call that its own token or deadline ended throws <see cref="OperationCanceledException"/>
    /// (with the <see cref="RpcException"/> inside) instead of <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>The clock of deadlines. The official class has none, so tests of this assembly alone set it.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
