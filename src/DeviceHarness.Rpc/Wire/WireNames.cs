namespace DeviceHarness.Rpc.Wire;

/// <summary>Header names and values of gRPC over HTTP/2.</summary>
internal static class WireNames
{
    public const string ContentType = "content-type";
    public const string Te = "te";
    public const string Trailers = "trailers";
    public const string UserAgent = "user-agent";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Identity = "identity";
    public const string GrpcContentType = "application/grpc";
    public const string ProtobufSuffix = "+proto";

    /// <summary>The receive limit of one message when none is configured, in octets.</summary>
    public const int DefaultReceiveLimitOctets = 4 * 1024 * 1024;

    /// <summary>Whether a content type is gRPC with protocol buffers: bare, <c>+proto</c>, either with parameters.</summary>
    public static bool IsGrpcContentType(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        ReadOnlySpan<char> mediaType = contentType;
        int parameters = mediaType.IndexOf(';');
        mediaType = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim();
        if (!mediaType.StartsWith(GrpcContentType, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> suffix = mediaType[GrpcContentType.Length..];
        return suffix.IsEmpty || suffix.Equals(ProtobufSuffix, StringComparison.OrdinalIgnoreCase);
    }
}
