using System.Net.Http.Headers;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class CompressedCallTests : IAsyncLifetime
{
    private const string Unary = "/echo.v1.EchoService/Unary";
    private const string Download = "/echo.v1.EchoService/Download";

    private static readonly Metadata RequestGzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private EchoHost _host = null!;

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync(options => options.ResponseCompressionAlgorithm = "gzip");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    [InlineData(4_000_000)]
    public async Task A_compressed_call_brings_back_what_it_took(int octets)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(_host.Address);
        byte[] payload = new byte[octets];

        EchoReply zeros = await new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) }, RequestGzip).ResponseAsync.DefaultTimeout();
        new Random(octets).NextBytes(payload);
        EchoReply noise = await new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) }, RequestGzip).ResponseAsync.DefaultTimeout();

        zeros.Payload.Length.Should().Be(octets);
        noise.Payload.Span.SequenceEqual(payload).Should().BeTrue();
    }

    [Fact]
    public async Task A_compressed_duplex_stream_keeps_its_order()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(_host.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat(RequestGzip);

        for (int number = 0; number < 200; number++)
        {
            call.RequestStream.WriteOptions = new WriteOptions(number % 3 == 0 ? WriteFlags.NoCompress : default(WriteFlags));
            await call.RequestStream.WriteAsync(new EchoRequest { Number = number, Text = new string('x', number) }).DefaultTimeout();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
            call.ResponseStream.Current.Should().Be(new EchoReply { Number = number, Text = new string('x', number) });
        }
    }

    [Theory]
    [InlineData("identity,gzip", 1)]
    [InlineData("gzip", 1)]
    [InlineData("identity", 0)]
    [InlineData("deflate", 0)]
    public async Task A_response_is_compressed_for_those_who_accept_it(string accepted, byte flag)
    {
        using RawClient raw = new(_host.Address);
        using HttpResponseMessage response = await raw.PostAsync(
            Unary, RawClient.Frame(new EchoRequest { ReplyOctets = 10_000 }), headers: ("grpc-accept-encoding", accepted)).DefaultTimeout();

        byte[] body = await response.Content.ReadAsByteArrayAsync().DefaultTimeout();

        body[0].Should().Be(flag);
        response.Headers.Contains("grpc-encoding").Should().Be(flag == 1);
        body.Length.Should().Match(length => flag == 1 ? length < 200 : length > 10_000);
    }

    [Fact]
    public async Task A_handler_leaves_single_messages_alone()
    {
        using RawClient raw = new(_host.Address);
        using HttpResponseMessage response = await raw.PostAsync(
            Download,
            RawClient.Frame(new EchoRequest { ReplyOctets = 100, ReplyCount = 4, Text = EchoServer.NoCompressEverySecond }),
            headers: ("grpc-accept-encoding", "gzip")).DefaultTimeout();

        byte[] body = await response.Content.ReadAsByteArrayAsync().DefaultTimeout();

        RawClient.FlagsOf(body).Should().Equal(1, 0, 1, 0);
    }

    [Fact]
    public async Task A_client_asks_with_a_header_that_is_not_sent_and_leaves_single_messages_alone()
    {
        Recorder recorder = new();
        using GrpcChannel channel = GrpcChannel.ForAddress(
            _host.Address, new GrpcChannelOptions { HttpHandler = recorder, DisposeHttpClient = true });
        EchoService.EchoServiceClient client = new(channel);
        EchoRequest request = new() { Text = new string('x', 5000) };

        await client.UnaryAsync(request, RequestGzip).ResponseAsync.DefaultTimeout();
        await client.UnaryAsync(
            request, new CallOptions(RequestGzip, writeOptions: new WriteOptions(WriteFlags.NoCompress))).ResponseAsync.DefaultTimeout();
        await client.UnaryAsync(request).ResponseAsync.DefaultTimeout();

        recorder.Encodings.Should().Equal("gzip", "gzip", null);
        recorder.Accepted.Should().AllBe("identity,gzip");
        recorder.BodyOctets[0].Should().BeLessThan(200);
        recorder.BodyOctets[1].Should().BeGreaterThan(5000);
        recorder.BodyOctets[2].Should().BeGreaterThan(5000);
        recorder.SentInternalNames.Should().BeFalse();
    }

    [Fact]
    public async Task A_bomb_is_refused_by_both_sides()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(_host.Address);
        using GrpcChannel open = GrpcChannel.ForAddress(_host.Address, new GrpcChannelOptions { MaxReceiveMessageSize = null });
        ByteString zeros = ByteString.CopyFrom(new byte[5_000_000]);

        RpcException byServer = await FailAsync(open, new EchoRequest { Payload = zeros }, RequestGzip);
        RpcException byClient = await FailAsync(channel, new EchoRequest { ReplyOctets = 5_000_000 }, headers: null);

        byServer.StatusCode.Should().Be(StatusCode.ResourceExhausted);
        byServer.Status.Detail.Should().Contain("decompressed");
        byClient.StatusCode.Should().Be(StatusCode.ResourceExhausted);
        byClient.Status.Detail.Should().Contain("decompressed");
    }

    [Fact]
    public async Task An_encoding_that_the_channel_does_not_know_is_refused_at_once()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(_host.Address);

        Func<Task> call = () => new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest(), new Metadata { { "grpc-internal-encoding-request", "brotli" } }).ResponseAsync;

        await call.Should().ThrowAsync<InvalidOperationException>().WithMessage("*brotli*");
    }

    private static Task<RpcException> FailAsync(GrpcChannel channel, EchoRequest request, Metadata? headers) =>
        Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).UnaryAsync(request, headers).ResponseAsync.DefaultTimeout());

    /// <summary>Notes what goes out.</summary>
    private sealed class Recorder() : DelegatingHandler(new SocketsHttpHandler())
    {
        public List<string?> Encodings { get; } = [];

        public List<string?> Accepted { get; } = [];

        public List<long> BodyOctets { get; } = [];

        public bool SentInternalNames { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Encodings.Add(One(request.Headers, "grpc-encoding"));
            Accepted.Add(One(request.Headers, "grpc-accept-encoding"));
            SentInternalNames |= request.Headers.Any(header => header.Key.StartsWith("grpc-internal", StringComparison.Ordinal));
            using MemoryStream body = new();
            await request.Content!.CopyToAsync(body, cancellationToken);
            BodyOctets.Add(body.Length);
            return await base.SendAsync(request, cancellationToken);
        }

        private static string? One(HttpRequestHeaders headers, string name) =>
            headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
    }
}
