using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class CallTypeTests : EchoFixture
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(4_000_000)]
    public async Task A_unary_call_brings_back_what_it_took(int octets)
    {
        byte[] payload = new byte[octets];
        new Random(octets).NextBytes(payload);

        EchoReply reply = await Client.UnaryAsync(new EchoRequest { Payload = ByteString.CopyFrom(payload), Text = "é%\n🙂", Number = -7 })
            .ResponseAsync.DefaultTimeout();

        reply.Payload.Span.SequenceEqual(payload).Should().BeTrue();
        reply.Text.Should().Be("é%\n🙂");
        reply.Number.Should().Be(-7);
    }

    [Fact]
    public void A_blocking_call_returns_the_response()
    {
        EchoReply reply = Client.Unary(new EchoRequest { Text = "now" });

        reply.Text.Should().Be("now");
    }

    [Fact]
    public async Task A_server_stream_comes_whole_and_in_order()
    {
        using AsyncServerStreamingCall<EchoReply> call = Client.Download(new EchoRequest { ReplyCount = 10_000, ReplyOctets = 100 });
        List<int> numbers = [];

        while (await call.ResponseStream.MoveNext().DefaultTimeout())
        {
            numbers.Add(call.ResponseStream.Current.Number);
        }

        numbers.Should().Equal(Enumerable.Range(0, 10_000));
        call.GetStatus().StatusCode.Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task An_empty_server_stream_ends_well()
    {
        using AsyncServerStreamingCall<EchoReply> call = Client.Download(new EchoRequest { ReplyCount = 0 });

        bool any = await call.ResponseStream.MoveNext().DefaultTimeout();

        any.Should().BeFalse();
        call.GetStatus().Should().Be(Status.DefaultSuccess);
    }

    [Fact]
    public async Task A_client_stream_is_counted_by_the_server()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = Client.Upload();

        for (int number = 1; number <= 1000; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Number = number, Payload = ByteString.CopyFrom(new byte[100]) })
                .DefaultTimeout();
        }

        await call.RequestStream.CompleteAsync().DefaultTimeout();
        UploadReply reply = await call.ResponseAsync.DefaultTimeout();

        reply.Should().Be(new UploadReply { Count = 1000, Octets = 100_000, LastNumber = 1000 });
    }

    [Fact]
    public async Task A_client_stream_of_40_MB_passes_the_servers_body_limit()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = Client.Upload();
        ByteString megabyte = ByteString.CopyFrom(new byte[1_000_000]);

        for (int number = 1; number <= 40; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Payload = megabyte }).DefaultTimeout();
        }

        await call.RequestStream.CompleteAsync();
        UploadReply reply = await call.ResponseAsync.DefaultTimeout();

        reply.Octets.Should().Be(40_000_000);
    }

    [Fact]
    public async Task A_duplex_call_answers_each_request_before_the_next()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();

        for (int number = 0; number < 1000; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Number = number }).DefaultTimeout();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
            call.ResponseStream.Current.Number.Should().Be(number);
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();
        call.GetStatus().StatusCode.Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task Very_many_duplex_messages_come_back_in_order()
    {
        int count = TestSize.Of(suite: 20_000, large: 100_000);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        Task writing = WriteAllAsync(call.RequestStream, count);
        int expected = 0;

        await foreach (EchoReply reply in call.ResponseStream.ReadAllAsync())
        {
            if (reply.Number != expected++)
            {
                break;
            }
        }

        await writing.DefaultTimeout();
        expected.Should().Be(count);
        call.GetStatus().StatusCode.Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task Two_hundred_and_fifty_streams_run_at_once()
    {
        AsyncDuplexStreamingCall<EchoRequest, EchoReply>[] calls = [.. Enumerable.Range(0, 250).Select(_ => Client.Chat())];

        for (int round = 0; round < 4; round++)
        {
            await Task.WhenAll(calls.Select((call, number) => ExchangeAsync(call, number))).DefaultTimeout();
        }

        foreach (AsyncDuplexStreamingCall<EchoRequest, EchoReply> call in calls)
        {
            await call.RequestStream.CompleteAsync();
            (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();
        }
    }

    private static async Task WriteAllAsync(IClientStreamWriter<EchoRequest> requests, int count)
    {
        for (int number = 0; number < count; number++)
        {
            await requests.WriteAsync(new EchoRequest { Number = number });
        }

        await requests.CompleteAsync();
    }

    private static async Task ExchangeAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call, int number)
    {
        await call.RequestStream.WriteAsync(new EchoRequest { Number = number });
        (await call.ResponseStream.MoveNext()).Should().BeTrue();
        call.ResponseStream.Current.Number.Should().Be(number);
    }
}
