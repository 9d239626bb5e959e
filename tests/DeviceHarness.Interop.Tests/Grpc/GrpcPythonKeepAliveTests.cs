using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Pings between this project and Python's grpcio, and so the C core.</summary>
public sealed class GrpcPythonKeepAliveTests : ForeignKeepAliveTests<PythonPeer>
{
    [Fact]
    public async Task A_server_that_was_not_told_of_our_pings_ends_the_connection_and_serves_the_next_one()
    {
        await using PeerServer server = await PeerServer.StartAsync<PythonPeer>();
        await using TcpRelay relay = RelayTo(server.Address);
        using GrpcChannel channel = Open(relay);
        EchoService.EchoServiceClient client = new(channel);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 1 }).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().DefaultTimeout());
        EchoReply next = await CallUntilServedAsync(client).DefaultTimeout();

        error.StatusCode.Should().BeOneOf([StatusCode.Unavailable, StatusCode.ResourceExhausted], "an agent dials again after these");
        next.Number.Should().Be(2);
    }

    // A call that begins before the end of the connection is known shares its fate.
    private static async Task<EchoReply> CallUntilServedAsync(EchoService.EchoServiceClient client)
    {
        while (true)
        {
            try
            {
                return await client.UnaryAsync(new EchoRequest { Number = 2 });
            }
            catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.ResourceExhausted)
            {
                exception.Status.Detail.Should().NotBeEmpty();
            }
        }
    }
}
