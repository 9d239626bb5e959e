using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>grpc-js as the server of our client.</summary>
public sealed class GrpcJsServerTests(PeerServerFixture<NodePeer> fixture) : ForeignServerTests<NodePeer>(fixture)
{
    [Fact]
    public async Task A_hundred_thousand_duplex_messages_come_back_in_order()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();

        Task writing = WriteAllAsync(call.RequestStream, 100_000, 0);
        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
        await writing.DefaultTimeout();

        error.Should().BeNull();
        count.Should().Be(100_000);
    }
}
