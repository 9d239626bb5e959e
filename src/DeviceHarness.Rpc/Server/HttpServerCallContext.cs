using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DeviceHarness.Rpc.Wire;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DeviceHarness.Rpc.Server;

/// <summary>One call over HTTP/2.</summary>
internal sealed class HttpServerCallContext : ServerCallContext
{
    private const string CommonNameProperty = "x509_common_name";
    private const string SubjectProperty = "x509_subject";

    private readonly ResponseGate _gate;
    private readonly CallLifetime _lifetime;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private AuthContext? _authContext;

    public HttpServerCallContext(HttpContext http, string method, ResponseGate gate, CallLifetime lifetime, DateTime deadline)
    {
        Http = http;
        MethodCore = method;
        DeadlineCore = deadline;
        _gate = gate;
        _lifetime = lifetime;
    }

    public HttpContext Http { get; }

    /// <summary>The token of the call, under a name that is not virtual.</summary>
    public CancellationToken CallToken => _lifetime.Token;

    /// <summary>The trailers if the handler touched them.</summary>
    public Metadata TrailersOrEmpty => _responseTrailers ?? Metadata.Empty;

    protected override string MethodCore { get; }

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => DescribePeer(Http.Connection.RemoteIpAddress, Http.Connection.RemotePort);

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => _lifetime.Token;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= ReadAuthContext(Http.Connection.ClientCertificate);

    /// <summary>Cancels what still runs under the call.</summary>
    public Task CancelPendingAsync() => _lifetime.CancelAsync();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        return _gate.WriteHeadersAsync(responseHeaders, CallToken);
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("there are no propagation tokens: pass the deadline and the cancellation token of the call on");

    private static string DescribePeer(IPAddress? address, int port) => address switch
    {
        null => "unknown",
        { AddressFamily: AddressFamily.InterNetworkV6 } => string.Create(CultureInfo.InvariantCulture, $"ipv6:[{address}]:{port}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"ipv4:{address}:{port}"),
    };

    private static AuthContext ReadAuthContext(X509Certificate2? certificate)
    {
        if (certificate is null)
        {
            return new AuthContext(null, []);
        }

        string commonName = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
        return new AuthContext(CommonNameProperty, new Dictionary<string, List<AuthProperty>>
        {
            [CommonNameProperty] = [AuthProperty.Create(CommonNameProperty, Encoding.UTF8.GetBytes(commonName))],
            [SubjectProperty] = [AuthProperty.Create(SubjectProperty, Encoding.UTF8.GetBytes(certificate.Subject))],
        });
    }

    private Metadata ReadRequestHeaders()
    {
        Metadata metadata = [];
        foreach (KeyValuePair<string, StringValues> header in Http.Request.Headers)
        {
            foreach (string? value in header.Value)
            {
                MetadataRules.Receive(metadata, header.Key, value ?? "");
            }
        }

        return metadata;
    }
}
