namespace Grpc.Core;

/// <summary>One call, as its handler sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>The path of the call: <c>/service/method</c>.</summary>
    public string Method => MethodCore;

    /// <summary>The host that the client asked for.</summary>
    public string Host => HostCore;

    /// <summary>The client's address, as in <c>ipv4:127.0.0.1:50000</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>When the call must have ended, UTC; <see cref="DateTime.MaxValue"/> when there is no deadline.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>The metadata of the request, lower-case names.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Fires when the client cancels or is gone, when the deadline passes and, on a streaming call, when the server
    /// stops.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>Metadata to send with the status.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>The status to send when the handler returns; <see cref="StatusCode.OK"/> unless set.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>Options of the writes of responses; null means none.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>Who the client has proven to be.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>A place for the application's own things, for the time of the call.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>Sends response metadata before the first response.</summary>
    /// <exception cref="InvalidOperationException">The response has begun.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Would make a token for calls made for this one.</summary>
    /// <exception cref="NotSupportedException">Always, on the server of this project.</exception>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>The path of the call.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>The host that the client asked for.</summary>
    protected abstract string HostCore { get; }

    /// <summary>The client's address.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>When the call must have ended, UTC.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>The metadata of the request.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>Fires when the call is to end.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>Metadata to send with the status.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>The status to send.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>Options of the writes of responses.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>Who the client has proven to be.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>A place for the application's own things.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends response metadata before the first response.</summary>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>Makes a token for calls made for this one.</summary>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}
