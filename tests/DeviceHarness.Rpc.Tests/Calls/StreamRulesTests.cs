using System.Net.Sockets;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class StreamRulesTests : EchoFixture
{
    [Fact]
    public async Task A_writer_learns_that_the_server_ended_the_call_early()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { FailCode = (int)StatusCode.FailedPrecondition, FailText = "enough" });
        Task<bool> reading = call.ResponseStream.MoveNext();

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
            {
                await call.RequestStream.WriteAsync(new EchoRequest { Payload = ByteString.CopyFrom(new byte[10_000]) }).DefaultTimeout();
            }
        });

        error.Status.Should().Be(new Status(StatusCode.FailedPrecondition, "enough"));
        await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout());
    }

    [Fact]
    public async Task A_call_that_the_server_ends_early_and_well_ends_well()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { EndNow = true }).DefaultTimeout();

        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();

        call.GetStatus().StatusCode.Should().Be(StatusCode.OK);
    }

    [Fact]
    public async Task An_upload_that_the_server_ends_early_has_its_response()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = Client.Upload();
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 3, EndNow = true }).DefaultTimeout();

        UploadReply reply = await call.ResponseAsync.DefaultTimeout();

        reply.LastNumber.Should().Be(3);
    }

    [Fact]
    public async Task A_reader_that_rests_stops_its_writer_and_nobody_else()
    {
        using AsyncServerStreamingCall<EchoReply> call = Client.Download(new EchoRequest { ReplyCount = 3000, ReplyOctets = 10_000 });
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        for (int number = 0; number < 100; number++)
        {
            await Client.UnaryAsync(new EchoRequest { Number = number }).ResponseAsync.DefaultTimeout();
        }

        List<int> numbers = [call.ResponseStream.Current.Number];
        while (await call.ResponseStream.MoveNext().DefaultTimeout())
        {
            numbers.Add(call.ResponseStream.Current.Number);
        }

        numbers.Should().Equal(Enumerable.Range(0, 3000));
    }

    [Fact]
    public async Task A_write_on_a_connection_that_was_reset_while_it_was_made_fails_and_does_not_wait_for_ever()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(
            Host.Address, new GrpcChannelOptions { HttpHandler = new ResetHandler(), DisposeHttpClient = true });
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();

        Func<Task> write = () => call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();

        RpcException error = (await write.Should().ThrowAsync<RpcException>()).Which;
        error.StatusCode.Should().Be(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_write_while_one_is_pending_is_refused()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(
            Host.Address, new GrpcChannelOptions { HttpHandler = new DeafHandler(), DisposeHttpClient = true });
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        Task pending = call.RequestStream.WriteAsync(new EchoRequest());

        Func<Task> second = () => call.RequestStream.WriteAsync(new EchoRequest());
        Func<Task> complete = call.RequestStream.CompleteAsync;

        await second.Should().ThrowAsync<InvalidOperationException>();
        await complete.Should().ThrowAsync<InvalidOperationException>();
        call.Dispose();
        await Assert.ThrowsAsync<RpcException>(() => pending.DefaultTimeout());
    }

    [Fact]
    public async Task A_read_while_one_is_pending_is_refused()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        Task<bool> pending = call.ResponseStream.MoveNext();

        Func<Task> second = () => call.ResponseStream.MoveNext();

        await second.Should().ThrowAsync<InvalidOperationException>();
        await call.RequestStream.CompleteAsync();
        (await pending.DefaultTimeout()).Should().BeFalse();
    }

    [Fact]
    public async Task A_write_after_the_last_is_refused()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await call.RequestStream.CompleteAsync();

        Func<Task> write = () => call.RequestStream.WriteAsync(new EchoRequest());

        await write.Should().ThrowAsync<InvalidOperationException>();
    }

    [Fact]
    public async Task Buffered_writes_go_out_with_the_last()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> call = Client.Upload();
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);

        for (int number = 1; number <= 5000; number++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Number = number }).DefaultTimeout();
        }

        await call.RequestStream.CompleteAsync();
        (await call.ResponseAsync.DefaultTimeout()).Count.Should().Be(5000);
    }

    /// <summary>Never takes a request body, so that its first write stays pending.</summary>
    /// <summary>Fails as the platform does when the peer resets a connection between its making and its first use.</summary>
    private sealed class ResetHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            throw new SocketException((int)SocketError.NotConnected);
        }
    }

    private sealed class DeafHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
