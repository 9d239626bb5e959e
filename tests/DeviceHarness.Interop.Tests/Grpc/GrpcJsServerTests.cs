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
    public async Task Very_many_duplex_messages_come_back_in_order()
    {
        int messages = TestSize.Of(2_000, 100_000);
        using GrpcChannel channel = GrpcChannel.ForAddress(Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();

        Task writing = WriteAllAsync(call.RequestStream, messages, 0);
        (int count, RpcException? error) = await ReadAllAsync(call.ResponseStream);
        await writing.DefaultTimeout();

        error.Should().BeNull();
        count.Should().Be(messages);
    }

    [Fact]
    public async Task Several_octet_strings_of_one_name_go_there_and_back()
    {
        using GrpcChannel channel = GrpcChannel.ForAddress(Address);
        Metadata headers = new() { { "x-octets-bin", [0, 255, 10] }, { "x-octets-bin", [1] } };

        AsyncUnaryCall<EchoReply> call = new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest { ReturnMetadata = true }, headers);
        Metadata received = await call.ResponseHeadersAsync.DefaultTimeout();

        received.GetAll("x-octets-bin").Select(entry => Convert.ToHexString(entry.ValueBytes)).Should().Equal("00FF0A", "01");
    }
}
