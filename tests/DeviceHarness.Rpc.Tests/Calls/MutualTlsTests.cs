using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class MutualTlsTests : IDisposable
{
    private readonly EchoCertificates _certificates = new();
    private readonly EchoCertificates _others = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _others.Dispose();
    }

    [Fact]
    public async Task Both_sides_know_each_other()
    {
        await using EchoHost host = await StartAsync(_certificates.With(_certificates.Server));

        EchoReply reply = await CallAsync(host, _certificates.With(_certificates.Client).CreateHandler());

        host.Address.Should().StartWith("https://");
        reply.Text.Should().Be("x509_common_name=rig-07; x509_subject=CN=rig-07");
    }

    [Fact]
    public async Task A_duplex_stream_runs_and_is_told_when_the_server_stops()
    {
        await using EchoHost host = await StartAsync(_certificates.With(_certificates.Server));
        using GrpcChannel channel = Channel(host, _certificates.With(_certificates.Client).CreateHandler());
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        for (int number = 0; number < 100; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Number = number }).DefaultTimeout();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        }

        Task<bool> reading = call.ResponseStream.MoveNext();
        await host.Application.StopAsync().DefaultTimeout();

        (await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout())).Status
            .Should().Be(new Status(StatusCode.Unavailable, "the server is stopping"));
    }

    [Theory]
    [InlineData("no certificate", "", "no certificate")]
    [InlineData("another authority's", "CN=rig-07, issued by CN=Echo Test Authority", "does not come from an authority")]
    [InlineData("expired", "CN=rig-08, issued by CN=Echo Test Authority", "valid from")]
    [InlineData("meant for servers", "CN=echo-server, issued by CN=Echo Test Authority", "not meant for clients")]
    public async Task The_server_refuses_a_client_with(string certificate, string shown, string reason)
    {
        TaskCompletionSource<TlsRefusal> refusal = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using EchoHost host = await EchoHost.StartAsync(
            tls: _certificates.With(_certificates.Server), refused: first => refusal.TrySetResult(first));
        SocketsHttpHandler handler = certificate switch
        {
            "another authority's" => _certificates.With(_others.Client).CreateHandler(),
            "expired" => _certificates.With(_certificates.ExpiredClient()).CreateHandler(),
            "meant for servers" => _certificates.With(_certificates.Server).CreateHandler(),
            _ => WithoutCertificate(),
        };

        RpcException error = await FailAsync(host, handler);
        EchoReply next = await CallAsync(host, _certificates.With(_certificates.Client).CreateHandler());

        // TLS 1.3 tells a client of its refusal after the handshake: by then HTTP/2 may have begun.
        error.StatusCode.Should().Be(StatusCode.Unavailable, "the connection failed: {0}", error.Status.DebugException);
        next.Text.Should().Contain("rig-07", "the server goes on");
        host.Record.Begun.Should().Be(1, "the refused client came to no handler");
        TlsRefusal told = await refusal.Task.DefaultTimeout();
        told.Certificate.Should().Be(shown);
        told.Reason.Should().Contain(reason);
        told.Peer!.ToString().Should().StartWith("127.0.0.1:");
    }

    [Theory]
    [InlineData("another authority's")]
    [InlineData("expired")]
    [InlineData("for another address")]
    public async Task The_client_refuses_a_server_with_a_certificate(string certificate)
    {
        X509Certificate2 own = certificate switch
        {
            "another authority's" => _others.Server,
            "expired" => _certificates.ExpiredServer(),
            _ => _certificates.ElsewhereServer(),
        };
        await using EchoHost host = await StartAsync(_certificates.With(own));

        RpcException error = await FailAsync(host, _certificates.With(_certificates.Client).CreateHandler());

        error.StatusCode.Should().Be(StatusCode.Unavailable);
        host.Record.Begun.Should().Be(0);
    }

    [Fact]
    public async Task Cleartext_and_TLS_do_not_understand_each_other()
    {
        await using EchoHost secure = await StartAsync(_certificates.With(_certificates.Server));
        await using EchoHost clear = await EchoHost.StartAsync();
        using GrpcChannel clearToSecure = GrpcChannel.ForAddress(secure.Address.Replace("https", "http", StringComparison.Ordinal));
        using GrpcChannel secureToClear = GrpcChannel.ForAddress(
            clear.Address.Replace("http", "https", StringComparison.Ordinal),
            new GrpcChannelOptions { HttpHandler = _certificates.With(_certificates.Client).CreateHandler(), DisposeHttpClient = true });

        foreach (GrpcChannel channel in new[] { clearToSecure, secureToClear })
        {
            RpcException error = await Assert.ThrowsAsync<RpcException>(
                () => new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout());
            error.StatusCode.Should().BeOneOf(StatusCode.Unavailable, StatusCode.Internal);
        }
    }

    [Fact]
    public void A_certificate_without_its_key_and_an_empty_list_of_authorities_are_refused()
    {
        using X509Certificate2 keyless = X509CertificateLoader.LoadCertificate(_certificates.Client.RawData);
        Func<MutualTls> noKey = () => _certificates.With(keyless);
        Func<MutualTls> noAuthority = () => new MutualTls(_certificates.Client, []);

        noKey.Should().Throw<ArgumentException>();
        noAuthority.Should().Throw<ArgumentException>();
    }

    private static Task<EchoHost> StartAsync(MutualTls tls) => EchoHost.StartAsync(tls: tls);

    private SocketsHttpHandler WithoutCertificate()
    {
        SocketsHttpHandler handler = _certificates.With(_certificates.Client).CreateHandler();
        handler.SslOptions.ClientCertificates = [];
        return handler;
    }

    private static GrpcChannel Channel(EchoHost host, HttpMessageHandler handler) =>
        GrpcChannel.ForAddress(host.Address, new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });

    private static async Task<EchoReply> CallAsync(EchoHost host, HttpMessageHandler handler)
    {
        using GrpcChannel channel = Channel(host, handler);
        return await new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { Text = EchoServer.WhoAmI })
            .ResponseAsync.DefaultTimeout();
    }

    private static Task<RpcException> FailAsync(EchoHost host, HttpMessageHandler handler) =>
        Assert.ThrowsAsync<RpcException>(() => CallAsync(host, handler));
}
