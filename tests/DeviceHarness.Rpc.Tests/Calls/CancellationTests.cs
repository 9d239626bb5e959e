using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class CancellationTests : EchoFixture
{
    [Fact]
    public async Task A_token_ends_a_unary_call_on_both_sides()
    {
        using CancellationTokenSource source = new();
        Task<EchoReply> response = Client.UnaryAsync(new EchoRequest { Hang = true }, cancellationToken: source.Token).ResponseAsync;
        await Host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        await source.CancelAsync();
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => response.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Cancelled);
        await Host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task A_token_that_has_fired_ends_the_call_before_it_is_sent()
    {
        AsyncUnaryCall<EchoReply> call = Client.UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(canceled: true));

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Cancelled);
    }

    [Fact]
    public async Task Disposing_of_a_call_ends_it_on_both_sides()
    {
        AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await ExchangeAsync(call);

        call.Dispose();

        call.GetStatus().StatusCode.Should().Be(StatusCode.Cancelled);
        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Fact]
    public async Task Disposing_of_the_channel_ends_its_calls()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await ExchangeAsync(call);
        Task<bool> reading = call.ResponseStream.MoveNext();

        Channel.Dispose();
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Cancelled);
        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Fact]
    public async Task The_token_of_a_read_ends_the_whole_call()
    {
        using CancellationTokenSource source = new();
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await ExchangeAsync(call);
        Task<bool> reading = call.ResponseStream.MoveNext(source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout());

        call.GetStatus().StatusCode.Should().Be(StatusCode.Cancelled);
        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Fact]
    public async Task A_call_is_ended_while_nobody_reads_or_writes()
    {
        using CancellationTokenSource source = new();
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat(cancellationToken: source.Token);
        await ExchangeAsync(call);

        await source.CancelAsync();

        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Fact]
    public async Task A_write_after_the_end_tells_the_status()
    {
        using CancellationTokenSource source = new();
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat(cancellationToken: source.Token);
        await ExchangeAsync(call);
        await source.CancelAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Cancelled);
    }

    [Fact]
    public async Task On_request_the_own_cancellation_is_an_OperationCanceledException()
    {
        using CancellationTokenSource source = new();
        using GrpcChannel channel = GrpcChannel.ForAddress(
            Host.Address, new GrpcChannelOptions { ThrowOperationCanceledOnCancellation = true });
        EchoService.EchoServiceClient client = new(channel);
        Task<EchoReply> response = client.UnaryAsync(new EchoRequest { Hang = true }, cancellationToken: source.Token).ResponseAsync;
        await Host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        await source.CancelAsync();
        OperationCanceledException own = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response.DefaultTimeout());
        RpcException peers = await Assert.ThrowsAsync<RpcException>(
            () => client.UnaryAsync(new EchoRequest { FailCode = (int)StatusCode.Cancelled }).ResponseAsync.DefaultTimeout());

        own.InnerException.Should().BeOfType<RpcException>();
        peers.StatusCode.Should().Be(StatusCode.Cancelled);
    }

    private static async Task ExchangeAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call)
    {
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 1 }).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
    }
}
