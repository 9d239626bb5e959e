namespace DeviceHarness.Rpc.Hosting;

/// <summary>How a silent connection is told from a dead one: by HTTP/2 PING frames, which the other side's transport answers by itself.
/// The settings of one side; each side pings for itself.</summary>
/// <remarks>Spec: RFC 9113, clause 6.7. On a channel they become <see cref="SocketsHttpHandler.KeepAlivePingDelay"/> and
/// <see cref="SocketsHttpHandler.KeepAlivePingTimeout"/> with <see cref="HttpKeepAlivePingPolicy.Always"/>, on a server Kestrel's limits
/// of those names. A server of the C core allows a ping every five minutes unless it is told otherwise
/// (<c>grpc.http2.min_ping_interval_without_data_ms</c>) and answers more with GOAWAY, <c>too_many_pings</c>.</remarks>
public sealed record KeepAlive
{
    /// <summary>The shortest delay and time-out that the platform takes.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>Creates the settings.</summary>
    /// <param name="delay">The silence after which a ping is sent; from <see cref="Shortest"/>.</param>
    /// <param name="timeout">How long its answer may take before the connection is given up; from <see cref="Shortest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is too short.</exception>
    public KeepAlive(TimeSpan delay, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, Shortest);
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, Shortest);
        Delay = delay;
        Timeout = timeout;
    }

    /// <summary>A ping after 20 s of silence, given up 10 s later.</summary>
    public static KeepAlive Default { get; } = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10));

    /// <summary>The silence after which a ping is sent.</summary>
    public TimeSpan Delay { get; }

    /// <summary>How long its answer may take.</summary>
    public TimeSpan Timeout { get; }
}
