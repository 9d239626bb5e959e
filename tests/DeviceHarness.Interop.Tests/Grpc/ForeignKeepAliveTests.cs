using System.Net;
using System.Text.Json.Nodes;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using static DeviceHarness.Interop.Tests.Grpc.PeerAnswer;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Pings between this project and another implementation, seen from a relay between the two. One side pings after a second of
/// silence, and only a hang reaches a time-out: whoever took the other's pings amiss would end the connection.</summary>
/// <typeparam name="TLanguage">The implementation.</typeparam>
public abstract class ForeignKeepAliveTests<TLanguage>
    where TLanguage : IPeerLanguage
{
    // Three pings more than a server of the C core forgives when it was not told to expect them.
    private const int Pings = 6;

    private static readonly KeepAlive EachSecond = new(KeepAlive.Shortest, TimeSpan.FromMinutes(10));
    private static readonly KeepAlive Never = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_idle_stream_of_a_foreign_client_lives_on_under_pings(bool areOurs)
    {
        await using EchoHost host = await EchoHost.StartAsync(keepAlive: areOurs ? EachSecond : Never);
        await using TcpRelay relay = RelayTo(host.Address);
        await using PeerClient peer = await PeerClient.StartAsync<TLanguage>();
        (string id, Task<JsonNode> chat) =
            await peer.BeginAsync(Command(relay, "chat", !areOurs, new() { ["count"] = 1, ["keepOpen"] = true }));
        await host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        await AnswersAsync(areOurs ? relay.ClientPings : relay.ServerPings);
        JsonNode other = await peer.RunAsync(Command(relay, "unary", !areOurs, []));
        await peer.CancelAsync(id);
        JsonNode idle = await chat.DefaultTimeout();

        Code(other).Should().Be(StatusCode.OK);
        Code(idle).Should().Be(StatusCode.Cancelled, "it lived until it was cancelled: {0}", idle["details"]);
        CountInOrder(idle).Should().Be(1);
        relay.Accepted.Count.Should().Be(1, "nobody had to dial again");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_idle_stream_to_a_foreign_server_lives_on_under_pings(bool areOurs)
    {
        await using PeerServer server = await PeerServer.StartAsync<TLanguage>(areOurs ? PeerServer.Tolerant : PeerServer.KeptAlive);
        await using TcpRelay relay = RelayTo(server.Address);
        using GrpcChannel channel = Open(relay, areOurs ? EachSecond : Never);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 1 }).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();

        await AnswersAsync(areOurs ? relay.ServerPings : relay.ClientPings);
        await call.RequestStream.WriteAsync(new EchoRequest { Number = 2 }).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();

        call.ResponseStream.Current.Number.Should().Be(2);
        relay.Accepted.Count.Should().Be(1, "nobody had to dial again");
    }

    /// <summary>A relay before a server.</summary>
    protected static TcpRelay RelayTo(string address) => new() { Target = IPEndPoint.Parse(new Uri(address).Authority) };

    /// <summary>A channel through the relay that pings each second, or as it is told.</summary>
    protected static GrpcChannel Open(TcpRelay relay, KeepAlive? keepAlive = null) =>
        new ChannelFactory(null, keepAlive ?? EachSecond).Open(relay.Address);

    private static JsonObject Command(TcpRelay relay, string op, bool isKeptAlive, JsonObject command)
    {
        command["op"] = op;
        command["keepAlive"] = isKeptAlive;
        command["address"] = new Uri(relay.Address).Authority;
        return command;
    }

    private static Task AnswersAsync(PingCounts pings) =>
        pings.Answered.WaitForAsync(pings.Answered.Count + Pings, CancellationToken.None).DefaultTimeout();
}
