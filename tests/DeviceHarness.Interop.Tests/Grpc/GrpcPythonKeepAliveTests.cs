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
        EchoReply next = await client.UnaryAsync(new EchoRequest { Number = 2 }).ResponseAsync.DefaultTimeout();

        error.StatusCode.Should().Be(StatusCode.Unavailable, "an agent dials again after that");
        next.Number.Should().Be(2);
    }
}
