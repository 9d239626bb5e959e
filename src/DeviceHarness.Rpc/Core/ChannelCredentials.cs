namespace Grpc.Core;

/// <summary>Whether a channel is protected by TLS.</summary>
public abstract class ChannelCredentials
{
    private protected ChannelCredentials()
    {
    }

    /// <summary>Cleartext HTTP/2; for <c>http</c> addresses.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS as the handler is set up for; for <c>https</c> addresses.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SecureCredentials();

    internal abstract bool IsSecure { get; }

    private sealed class InsecureCredentials : ChannelCredentials
    {
        internal override bool IsSecure => false;
    }

    private sealed class SecureCredentials : ChannelCredentials
    {
        internal override bool IsSecure => true;
    }
}
