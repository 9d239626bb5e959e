using System.Net;
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
    public async Task The_channel_finds_a_server_that_came_back()
    {
        string address = Host.Address;
        using GrpcChannel channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            DisposeHttpClient = true,

            // The second server takes a port of its own: the first one's may be somebody else's by then.
            HttpHandler = new SocketsHttpHandler
            {
                ConnectCallback = (_, cancellationToken) => ConnectAsync(new Uri(address), cancellationToken),
            },
        });
        EchoService.EchoServiceClient client = new(channel);
        await client.UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout();
        await Host.DisposeAsync();
        using Socket nobody = DeafSocket(out address);
        RpcException gone = await Assert.ThrowsAsync<RpcException>(
            () => client.UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout());

        await using EchoHost again = await EchoHost.StartAsync();
        address = again.Address;
        EchoReply reply = await client.UnaryAsync(new EchoRequest { Number = 8 }).ResponseAsync.DefaultTimeout();

        gone.StatusCode.Should().Be(StatusCode.Unavailable);
        reply.Number.Should().Be(8);
    }

    [Fact]
    public async Task Nobody_listening_is_unavailable()
    {
        using Socket nobody = DeafSocket(out string address);
        using GrpcChannel channel = GrpcChannel.ForAddress(address);

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Unavailable);
        error.Status.DebugException.Should().NotBeNull();
    }

    [Fact]
    public async Task A_server_that_does_not_take_the_connection_in_time_is_unavailable()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress("http://127.0.0.1:1", new GrpcChannelOptions
        {
            DisposeHttpClient = true,
            HttpHandler = new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond),
                ConnectCallback = async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                    return Stream.Null;
                },
            },
        });

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Unavailable);
    }

    private static Socket DeafSocket(out string address)
    {
        // Bound but not listening: the port is refused and nobody else can take it.
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        address = $"http://{socket.LocalEndPoint}";
        return socket;
    }

    private static async ValueTask<Stream> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
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
