using DeviceHarness.Rpc.Tests.Echo;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Python's grpcio, and so the C core, as the server of our client.</summary>
public sealed class GrpcPythonServerTests(PeerServerFixture<PythonPeer> fixture) : ForeignServerTests<PythonPeer>(fixture)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compressed_replies_are_read(bool everySecondIsPlain)
    {
        EncodingRecorder recorder = new();
        using GrpcChannel channel = GrpcChannel.ForAddress(
            Address, new GrpcChannelOptions { HttpHandler = recorder, DisposeHttpClient = true });
        using AsyncServerStreamingCall<EchoReply> call = new EchoService.EchoServiceClient(channel).Download(new EchoRequest
        {
            ReplyCount = 100,
            ReplyOctets = 1000,
            Text = everySecondIsPlain ? EchoServer.NoCompressEverySecond : "",
        });

        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);

        error.Should().BeNull();
        count.Should().Be(100);
        recorder.Encoding.Should().Be("gzip");
    }

    private sealed class EncodingRecorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? Encoding { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            Encoding = response.Headers.TryGetValues("grpc-encoding", out IEnumerable<string>? values) ? values.Single() : null;
            return response;
        }
    }
}
