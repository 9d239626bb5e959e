using System.Text.Json.Nodes;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>grpc-js as the client of our server.</summary>
public sealed class GrpcJsClientTests(PeerClientFixture<NodePeer> fixture) : ForeignClientTests<NodePeer>(fixture)
{
    [Fact]
    public async Task Very_many_duplex_messages_come_back_in_order()
    {
        int count = TestSize.Of(2_000, 100_000);

        JsonNode answer = await RunAsync(new() { ["op"] = "chat", ["count"] = count });

        answer["inOrder"]!.GetValue<bool>().Should().BeTrue();
        answer["count"]!.GetValue<int>().Should().Be(count);
    }
}
