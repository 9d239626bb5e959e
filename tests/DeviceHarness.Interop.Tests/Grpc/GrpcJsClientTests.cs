using System.Text.Json.Nodes;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>grpc-js as the client of our server.</summary>
public sealed class GrpcJsClientTests(PeerClientFixture<NodePeer> fixture) : ForeignClientTests<NodePeer>(fixture)
{
    [Fact]
    public async Task A_hundred_thousand_duplex_messages_come_back_in_order()
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "chat", ["count"] = 100_000 });

        answer["inOrder"]!.GetValue<bool>().Should().BeTrue();
        answer["count"]!.GetValue<int>().Should().Be(100_000);
    }
}
