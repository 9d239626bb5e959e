using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
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

    [Fact]
    public async Task Very_many_duplex_messages_come_back_in_order()
    {
        // The peer manages some thousands a second.
        int messages = TestSize.Of(2_000, 100_000);
        using GrpcChannel channel = GrpcChannel.ForAddress(Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();

        Task writing = WriteAllAsync(call.RequestStream, messages, 0);
        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
        await writing.DefaultTimeout();

        error.Should().BeNull();
        count.Should().Be(messages);
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
