using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>What another implementation can do as the server of our client.</summary>
/// <typeparam name="TLanguage">The implementation.</typeparam>
public abstract class ForeignServerTests<TLanguage> : IClassFixture<PeerServerFixture<TLanguage>>, IDisposable
    where TLanguage : IPeerLanguage
{
    private const string Text = "50 % \n é 🙂 \u007F";

    private static readonly Metadata RequestGzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private readonly GrpcChannel _channel;
    private readonly EchoService.EchoServiceClient _client;

    /// <summary>Connects to the class's server.</summary>
    protected ForeignServerTests(PeerServerFixture<TLanguage> fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        Address = fixture.Peer.Address;
        _channel = GrpcChannel.ForAddress(fixture.Peer.Address);
        _client = new EchoService.EchoServiceClient(_channel);
    }

    /// <summary>Where the class's server listens.</summary>
    protected string Address { get; }

    public void Dispose()
    {
        _channel.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    [InlineData(4_000_000)]
    public async Task A_unary_payload_comes_back(int octets)
    {
        byte[] payload = new byte[octets];
        new Random(octets).NextBytes(payload);

        EchoReply reply = await _client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) })
            .ResponseAsync.DefaultTimeout();

        reply.Payload.Span.SequenceEqual(payload).Should().BeTrue();
    }

    [Fact]
    public async Task A_text_in_a_message_comes_back()
    {
        EchoReply reply = await _client.UnaryAsync(new EchoRequest { Text = Text, Number = -5 }).ResponseAsync.DefaultTimeout();

        reply.Text.Should().Be(Text);
        reply.Number.Should().Be(-5);
    }

    [Theory]
    [MemberData(nameof(StatusFailures.All), MemberType = typeof(StatusFailures))]
    public async Task A_status_and_its_text_arrive(StatusCode code)
    {
        RpcException error = await FailAsync(_client.UnaryAsync(new EchoRequest { FailCode = (int)code, FailText = Text }).ResponseAsync);

        error.Status.Should().Be(new Status(code, Text));
    }

    [Fact]
    public async Task A_request_past_the_peers_limit_is_refused()
    {
        RpcException error = await FailAsync(
            _client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[5_000_000]) }).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.ResourceExhausted);
    }

    [Fact]
    public async Task A_reply_past_our_limit_is_refused_by_us()
    {
        RpcException error = await FailAsync(_client.UnaryAsync(new EchoRequest { ReplyOctets = 5_000_000 }).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.ResourceExhausted);
        error.Status.Detail.Should().Contain("4194304");
    }

    [Fact]
    public async Task Metadata_goes_there_and_back()
    {
        Metadata headers = new() { { "x-text", "one" }, { "x-octets-bin", [0, 255, 10] }, { "x-more-bin", [] } };

        AsyncUnaryCall<EchoReply> call = _client.UnaryAsync(new EchoRequest { ReturnMetadata = true }, headers);
        Metadata received = await call.ResponseHeadersAsync.DefaultTimeout();
        await call.ResponseAsync.DefaultTimeout();

        received.GetValue("x-text").Should().Be("one");
        received.GetValueBytes("x-octets-bin").Should().Equal(0, 255, 10);
        received.GetValueBytes("x-more-bin").Should().BeEmpty();
        call.GetTrailers().GetValue("trailer-x-text").Should().Be("one");
        call.GetTrailers().GetValueBytes("trailer-x-octets-bin").Should().Equal(0, 255, 10);
    }

    [Fact]
    public async Task The_trailers_of_a_failure_arrive()
    {
        RpcException error = await FailAsync(_client.UnaryAsync(
            new EchoRequest { ReturnMetadata = true, FailCode = 10 }, new Metadata { { "x-why", "because" } }).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.Aborted);
        error.Trailers.GetValue("trailer-x-why").Should().Be("because");
    }

    [Fact]
    public async Task A_method_that_is_not_served_is_unimplemented() =>
        (await FailAsync(_client.UnservedAsync(new EchoRequest()).ResponseAsync)).StatusCode.Should().Be(StatusCode.Unimplemented);

    [Fact]
    public async Task A_service_that_is_not_served_is_unimplemented()
    {
        Method<string, string> method = new(
            MethodType.Unary, "nothing.v1.Nothing", "Unary", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        RpcException error = await FailAsync(_channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "").ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    [Fact]
    public async Task A_deadline_ends_a_waiting_call_on_both_sides()
    {
        int before = await CancelledAsync(0);

        RpcException error = await FailAsync(_client.UnaryAsync(new EchoRequest { Hang = true }, deadline: In(0.2)).ResponseAsync);
        int messages = await MessagesBeforeDeadlineAsync();

        error.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        messages.Should().Be(3);
        (await CancelledAsync(before + 1)).Should().BeGreaterThan(before);
    }

    [Fact]
    public async Task A_deadline_far_away_hurts_nobody()
    {
        EchoReply reply = await _client.UnaryAsync(new EchoRequest { Number = 1 }, deadline: In(60 * 24 * 3600))
            .ResponseAsync.DefaultTimeout();

        reply.Number.Should().Be(1);
    }

    [Fact]
    public async Task A_cancelled_server_stream_ends_on_both_sides()
    {
        int before = await CancelledAsync(0);
        using CancellationTokenSource source = new();
        using AsyncServerStreamingCall<EchoReply> call = _client.Download(
            new EchoRequest { ReplyCount = 1_000_000_000, ReplyOctets = 1000 }, cancellationToken: source.Token);
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();

        await source.CancelAsync();
        (_, RpcException? error) = await ReadAllAsync(call.ResponseStream);

        error!.StatusCode.Should().Be(StatusCode.Cancelled);
        (await CancelledAsync(before + 1)).Should().Be(before + 1);
    }

    [Fact]
    public async Task A_disposed_duplex_call_ends_on_both_sides()
    {
        int before = await CancelledAsync(0);
        AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat();
        await ExchangeAsync(call, 1);

        call.Dispose();

        (await CancelledAsync(before + 1)).Should().Be(before + 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2_000)]
    public async Task A_server_stream_comes_whole_and_in_order(int replies)
    {
        using AsyncServerStreamingCall<EchoReply> call = _client.Download(new EchoRequest { ReplyCount = replies, ReplyOctets = 100 });

        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);

        error.Should().BeNull();
        count.Should().Be(replies);
    }

    [Fact]
    public async Task A_server_stream_that_fails_gives_its_messages_first()
    {
        using AsyncServerStreamingCall<EchoReply> call = _client.Download(
            new EchoRequest { ReplyCount = 3, FailCode = 15, FailText = "lost" });

        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);

        count.Should().Be(3);
        error!.Status.Should().Be(new Status(StatusCode.DataLoss, "lost"));
    }

    [Fact]
    public async Task A_reader_that_rests_stops_its_stream_and_nobody_else()
    {
        using AsyncServerStreamingCall<EchoReply> call = _client.Download(new EchoRequest { ReplyCount = 2000, ReplyOctets = 10_000 });
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        for (int number = 0; number < 100; number++)
        {
            await _client.UnaryAsync(new EchoRequest { Number = number }).ResponseAsync.DefaultTimeout();
        }

        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream, first: 1);

        error.Should().BeNull();
        count.Should().Be(1999);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 1000)]
    [InlineData(40, 1_000_000)]
    public async Task A_client_stream_is_counted(int count, int octets)
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = _client.Upload();

        await WriteAllAsync(call.RequestStream, count, octets).DefaultTimeout();
        UploadReply reply = await call.ResponseAsync.DefaultTimeout();

        reply.Should().Be(new UploadReply { Count = count, Octets = (long)count * octets, LastNumber = Math.Max(count - 1, 0) });
    }

    [Fact]
    public async Task A_client_stream_that_the_server_ends_early_has_its_response()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = _client.Upload();
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 9, EndNow = true }).DefaultTimeout();

        UploadReply reply = await call.ResponseAsync.DefaultTimeout();

        reply.LastNumber.Should().Be(9);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2_000, 100)]
    public async Task Duplex_messages_come_back_in_order(int messages, int octets)
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat();

        Task writing = WriteAllAsync(call.RequestStream, messages, octets);
        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
        await writing.DefaultTimeout();

        error.Should().BeNull();
        count.Should().Be(messages);
    }

    [Fact]
    public async Task A_duplex_call_that_the_server_ends_early_and_well_ends_well()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat();
        await ExchangeAsync(call, 1);
        await call.RequestStream.WriteAsync(new EchoRequest { EndNow = true }).DefaultTimeout();

        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();

        call.GetStatus().StatusCode.Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task A_duplex_call_that_the_server_refuses_early_tells_its_writer()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { FailCode = 9, FailText = "enough" }).DefaultTimeout();
        Task<RpcException> reading = Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext());

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[10_000]) }).DefaultTimeout();
            }
        });

        error.Status.Should().Be(new Status(StatusCode.FailedPrecondition, "enough"));
        (await reading.DefaultTimeout()).Status.Should().Be(error.Status);
    }

    [Fact]
    public async Task Two_hundred_and_fifty_streams_run_at_once()
    {
        AsyncDuplexStreamingCall<EchoRequest, EchoReply>[] calls = [.. Enumerable.Range(0, 250).Select(_ => _client.Chat())];

        await Task.WhenAll(calls.Select(ExchangeAsync)).DefaultTimeout();
        await Task.WhenAll(calls.Select(ExchangeAsync)).DefaultTimeout();

        foreach (AsyncDuplexStreamingCall<EchoRequest, EchoReply> call in calls)
        {
            await call.RequestStream.CompleteAsync();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();
        }
    }

    [Fact]
    public async Task An_idle_stream_goes_on_after_other_calls()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat();
        await ExchangeAsync(call, 1);
        for (int number = 0; number < 200; number++)
        {
            await _client.UnaryAsync(new EchoRequest { Number = number }).ResponseAsync.DefaultTimeout();
        }

        await ExchangeAsync(call, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task Compressed_messages_go_there(int octets)
    {
        byte[] payload = new byte[octets];

        EchoReply reply = await _client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload) }, RequestGzip)
            .ResponseAsync.DefaultTimeout();

        reply.Payload.Length.Should().Be(octets);
    }

    [Fact]
    public async Task A_message_that_is_small_only_when_compressed_is_refused_by_the_peer() =>
        (await FailAsync(_client.UnaryAsync(
            new EchoRequest { Payload = ByteString.CopyFrom(new byte[5_000_000]) }, RequestGzip).ResponseAsync))
            .StatusCode.Should().Be(StatusCode.ResourceExhausted);

    [Fact]
    public async Task A_compressed_duplex_stream_keeps_its_order()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = _client.Chat(RequestGzip);

        Task writing = WriteAllAsync(call.RequestStream, 1000, 500);
        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
        await writing.DefaultTimeout();

        error.Should().BeNull();
        count.Should().Be(1000);
    }

    [Fact]
    public async Task Both_sides_show_certificates_and_bad_ones_are_unavailable()
    {
        using EchoCertificates certificates = new();
        using EchoCertificates others = new();
        string folder = Directory.CreateTempSubdirectory("peer-tls-").FullName;
        await using PeerServer server = await PeerServer.StartAsync<TLanguage>(certificates.WritePem(folder, certificates.Server));
        Directory.Delete(folder, recursive: true);

        EchoReply reply = await CallAsync(server, certificates.With(certificates.Client));
        RpcException[] errors =
        [
            await FailAsync(CallAsync(server, certificates.With(others.Client))),
            await FailAsync(CallAsync(server, certificates.With(certificates.ExpiredClient()))),
            await FailAsync(CallAsync(server, others.With(certificates.Client))),
        ];

        reply.Number.Should().Be(4);
        errors.Select(error => error.StatusCode).Should().AllBeEquivalentTo(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_peer_that_dies_is_unavailable()
    {
        await using PeerServer mortal = await PeerServer.StartAsync<TLanguage>();
        using GrpcChannel channel = GrpcChannel.ForAddress(mortal.Address);
        EchoService.EchoServiceClient client = new(channel);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = client.Chat();
        await ExchangeAsync(call, 1);
        Task<bool> reading = call.ResponseStream.MoveNext();

        await mortal.KillAsync();

        (await FailAsync(reading)).StatusCode.Should().Be(StatusCode.Unavailable);
        (await FailAsync(client.UnaryAsync(new EchoRequest()).ResponseAsync)).StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private static async Task<EchoReply> CallAsync(PeerServer server, MutualTls tls)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(
            server.Address, new GrpcChannelOptions { HttpHandler = tls.CreateHandler(), DisposeHttpClient = true });
        return await new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { Number = 4 }).ResponseAsync;
    }

    private static DateTime In(double seconds) => TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(seconds);

    private static Task<RpcException> FailAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call.DefaultTimeout());

    /// <summary>Reads all replies, numbered from a first one.</summary>
    protected static async Task<(int Count, RpcException? Error)> ReadAllAsync(IAsyncStreamReader<EchoReply> replies, int first = 0)
    {
        int count = 0;
        try
        {
            while (await replies.MoveNext().DefaultTimeout())
            {
                Assert.Equal(first + count, replies.Current.Number);
                count++;
            }

            return (count, null);
        }
        catch (RpcException exception)
        {
            return (count, exception);
        }
    }

    /// <summary>Writes numbered requests and ends.</summary>
    protected static async Task WriteAllAsync(IClientStreamWriter<EchoRequest> requests, int count, int octets)
    {
        ByteString payload = ByteString.CopyFrom(new byte[octets]);
        for (int number = 0; number < count; number++)
        {
            await requests.WriteAsync(new EchoRequest { Number = number, Payload = payload });
        }

        await requests.CompleteAsync();
    }

    private static async Task ExchangeAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call, int number)
    {
        await call.RequestStream.WriteAsync(new EchoRequest { Number = number });
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        call.ResponseStream.Current.Number.Should().Be(number);
    }

    /// <summary>Three messages and then nothing until the deadline. On a machine that stands still it may pass before them: then again,
    /// with more time.</summary>
    private async Task<int> MessagesBeforeDeadlineAsync()
    {
        int count = 0;
        for (double seconds = 1; count < 3 && seconds < 100; seconds *= 4)
        {
            using AsyncServerStreamingCall<EchoReply> call = _client.Download(
                new EchoRequest { ReplyCount = 3, Hang = true }, deadline: In(seconds));
            (count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
            error!.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        }

        return count;
    }

    private async Task<int> CancelledAsync(int atLeast) =>
        (await _client.CountCancelledAsync(new EchoRequest { Number = atLeast }).ResponseAsync.DefaultTimeout()).Number;
}
