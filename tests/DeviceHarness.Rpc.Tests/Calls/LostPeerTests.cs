using System.Net.Sockets;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class LostPeerTests : EchoFixture
{
    private readonly TaskCompletionSource<Socket> _socket = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_connection_cancels_the_handler_and_is_unavailable_to_the_client(bool abruptly)
    {
        using GrpcChannel channel = ChannelWithSocket();
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        Task<bool> reading = call.ResponseStream.MoveNext();

        await CutAsync(abruptly);

        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
        (await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout())).StatusCode.Should().Be(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_connection_lost_under_a_stuck_writer_cancels_the_handler()
    {
        using GrpcChannel channel = ChannelWithSocket();
        using AsyncServerStreamingCall<EchoReply> call = new EchoService.EchoServiceClient(channel)
            .Download(new EchoRequest { ReplyCount = int.MaxValue, ReplyOctets = 1_000_000 });
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();

        await CutAsync(abruptly: true);

        await Host.Record.WaitForAsync("cancel Download").DefaultTimeout();
    }

    [Fact]
    public async Task A_stopping_server_ends_streams_at_once_as_unavailable()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        Task<bool> reading = call.ResponseStream.MoveNext();

        Task stopping = Host.Application.StopAsync();

        // The connection's own goodbye may overtake the trailers: the code is the same either way, the text is not.
        (await Assert.ThrowsAsync<RpcException>(() => reading.DefaultTimeout())).StatusCode.Should().Be(StatusCode.Unavailable);
        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
        await stopping.WaitAsync(TimeSpan.FromSeconds(15), TimeProvider.System);
    }

    [Fact]
    public async Task The_channel_finds_a_server_that_came_back()
    {
        string address = Host.Address;
        await Client.UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout();
        await Host.DisposeAsync();
        await Assert.ThrowsAsync<RpcException>(() => Client.UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout());

        await using EchoHost again = await EchoHost.StartAsync(port: new Uri(address).Port);
        EchoReply reply = await Client.UnaryAsync(new EchoRequest { Number = 8 }).ResponseAsync.DefaultTimeout();

        reply.Number.Should().Be(8);
    }

    private GrpcChannel ChannelWithSocket() => GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions
    {
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            ConnectCallback = async (context, cancellationToken) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                _socket.TrySetResult(socket);
                return new NetworkStream(socket, ownsSocket: true);
            },
        },
    });

    private async Task CutAsync(bool abruptly)
    {
        Socket socket = await _socket.Task.DefaultTimeout();
        if (abruptly)
        {
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }
        else
        {
            socket.Shutdown(SocketShutdown.Both);
        }
    }
}
