namespace Grpc.AspNetCore.Server;

/// <summary>How services are served.</summary>
public sealed class GrpcServiceOptions
{
    private const int DefaultMaxReceiveOctets = 4 * 1024 * 1024;

    /// <summary>The longest message sent, in octets; null (the default): no limit.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The longest message received, in octets; 4 MiB by default; null: no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveOctets;

    /// <summary>Whether a client is told what exception a handler threw. Off by default: the text may show what a client should not
    /// see.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Whether calls to unknown services are left to other endpoints (HTTP 404) instead of being answered UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }
}
