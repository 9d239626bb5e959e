using System.Text.Json.Nodes;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>grpc-js as the client of our server.</summary>
public sealed class GrpcJsClientTests(NodeClientFixture fixture) : IClassFixture<NodeClientFixture>, IAsyncLifetime
{
    private const string Text = "50 % \n é 🙂 \u007F";

    private EchoHost _host = null!;

    private NodeClient Peer => fixture.Peer;

    public static TheoryData<StatusCode> Failures => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    public async Task InitializeAsync() => _host = await EchoHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    [InlineData(4_000_000)]
    public async Task A_unary_payload_comes_back(int octets)
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "unary", ["octets"] = octets });

        Code(answer).Should().Be(StatusCode.OK);
        answer["reply"]!["octets"]!.GetValue<int>().Should().Be(octets);
        answer["reply"]!["same"]!.GetValue<bool>().Should().BeTrue();
    }

    [Fact]
    public async Task A_text_in_a_message_comes_back()
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "unary", ["request"] = new JsonObject { ["text"] = Text, ["number"] = -5 } });

        answer["reply"]!["text"]!.GetValue<string>().Should().Be(Text);
        answer["reply"]!["number"]!.GetValue<int>().Should().Be(-5);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_status_and_its_text_arrive(StatusCode code)
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "unary",
            ["request"] = new JsonObject { ["fail_code"] = (int)code, ["fail_text"] = Text },
        });

        Code(answer).Should().Be(code);
        answer["details"]!.GetValue<string>().Should().Be(Text);
    }

    [Fact]
    public async Task A_request_past_our_limit_is_refused() =>
        Code(await RunAsync(new() { ["op"] = "unary", ["octets"] = 5_000_000 })).Should().Be(StatusCode.ResourceExhausted);

    [Fact]
    public async Task A_reply_past_the_peers_limit_is_refused_by_the_peer() =>
        Code(await RunAsync(new() { ["op"] = "unary", ["octets"] = 2000, ["maxReceive"] = 1000 }))
            .Should().Be(StatusCode.ResourceExhausted);

    [Fact]
    public async Task Metadata_goes_there_and_back()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "unary",
            ["request"] = new JsonObject { ["return_metadata"] = true },
            ["metadata"] = new JsonObject
            {
                ["x-text"] = new JsonArray("one"),
                ["x-octets-bin"] = new JsonArray(
                    new JsonObject { ["base64"] = "AP8K" }, new JsonObject { ["base64"] = "AQ==" }, new JsonObject { ["base64"] = "" }),
            },
        });

        Values(answer, "headers", "x-text").Should().Equal("one");
        Values(answer, "headers", "x-octets-bin").Should().Equal("AP8K", "AQ==", "");
        Values(answer, "trailers", "trailer-x-text").Should().Equal("one");
        Values(answer, "trailers", "trailer-x-octets-bin").Should().Equal("AP8K", "AQ==", "");
    }

    [Fact]
    public async Task The_trailers_of_a_failure_arrive()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "unary",
            ["request"] = new JsonObject { ["return_metadata"] = true, ["fail_code"] = 10 },
            ["metadata"] = new JsonObject { ["x-why"] = new JsonArray("because") },
        });

        Code(answer).Should().Be(StatusCode.Aborted);
        Values(answer, "trailers", "trailer-x-why").Should().Equal("because");
    }

    [Fact]
    public async Task A_method_that_is_not_served_is_unimplemented() =>
        Code(await RunAsync(new() { ["op"] = "unary", ["method"] = "Unserved" })).Should().Be(StatusCode.Unimplemented);

    [Fact]
    public async Task A_service_that_is_not_served_is_unimplemented() =>
        Code(await RunAsync(new() { ["op"] = "unknownService" })).Should().Be(StatusCode.Unimplemented);

    [Fact]
    public async Task A_deadline_ends_a_waiting_call_on_both_sides()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "unary",
            ["deadlineMs"] = 200,
            ["request"] = new JsonObject { ["hang"] = true },
        });

        Code(answer).Should().Be(StatusCode.DeadlineExceeded);
        await _host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task A_deadline_ends_a_stream_after_its_messages()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "download",
            ["deadlineMs"] = 500,
            ["request"] = new JsonObject { ["reply_count"] = 3, ["hang"] = true },
        });

        Code(answer).Should().Be(StatusCode.DeadlineExceeded);
        answer["count"]!.GetValue<int>().Should().Be(3);
        await _host.Record.WaitForAsync("cancel Download").DefaultTimeout();
    }

    [Fact]
    public async Task A_deadline_far_away_hurts_nobody() =>
        Code(await RunAsync(new() { ["op"] = "unary", ["deadlineMs"] = 60L * 24 * 3600 * 1000 })).Should().Be(StatusCode.OK);

    [Fact]
    public async Task A_cancelled_unary_call_ends_on_both_sides()
    {
        (string id, Task<JsonNode> answer) = await BeginAsync(new() { ["op"] = "unary", ["request"] = new JsonObject { ["hang"] = true } });
        await _host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        await Peer.CancelAsync(id);

        Code(await answer.DefaultTimeout()).Should().Be(StatusCode.Cancelled);
        await _host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task A_cancelled_server_stream_ends_on_both_sides()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "download",
            ["cancelAfter"] = 5,
            ["request"] = new JsonObject { ["reply_count"] = 1_000_000_000, ["reply_octets"] = 1000 },
        });

        Code(answer).Should().Be(StatusCode.Cancelled);
        await _host.Record.WaitForAsync("cancel Download").DefaultTimeout();
    }

    [Fact]
    public async Task A_cancelled_duplex_call_ends_on_both_sides()
    {
        // Node ends its stream before it resets it, so only a handler that does not read sees the reset.
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "chat",
            ["count"] = 5,
            ["last"] = new JsonObject { ["hang"] = true },
            ["keepOpen"] = true,
            ["cancelAfter"] = 5,
        });

        Code(answer).Should().Be(StatusCode.Cancelled);
        await _host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task A_server_stream_comes_whole_and_in_order(int count)
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "download",
            ["request"] = new JsonObject { ["reply_count"] = count, ["reply_octets"] = 100 },
        });

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(count);
    }

    [Fact]
    public async Task A_server_stream_that_fails_gives_its_messages_first()
    {
        JsonNode answer = await RunAsync(
            new() { ["op"] = "download", ["request"] = new JsonObject { ["reply_count"] = 3, ["fail_code"] = 15 } });

        Code(answer).Should().Be(StatusCode.DataLoss);
        CountInOrder(answer).Should().Be(3);
    }

    [Fact]
    public async Task A_reader_that_rests_stops_its_stream_and_nobody_else()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "download",
            ["pauseAfter"] = 1,
            ["others"] = 100,
            ["request"] = new JsonObject { ["reply_count"] = 2000, ["reply_octets"] = 10_000 },
        });

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(2000);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_client_stream_is_counted(int count)
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "upload", ["count"] = count, ["octets"] = 1000 });

        Code(answer).Should().Be(StatusCode.OK);
        answer["reply"]!["count"]!.GetValue<int>().Should().Be(count);
        answer["reply"]!["octets"]!.GetValue<int>().Should().Be(count * 1000);
    }

    [Fact]
    public async Task A_client_stream_of_40_MB_passes()
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "upload", ["count"] = 40, ["octets"] = 1_000_000 });

        answer["reply"]!["octets"]!.GetValue<int>().Should().Be(40_000_000);
    }

    [Fact]
    public async Task A_client_stream_that_the_server_ends_early_has_its_response()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "upload",
            ["count"] = 3,
            ["keepOpen"] = true,
            ["last"] = new JsonObject { ["number"] = 9, ["end_now"] = true },
        });

        Code(answer).Should().Be(StatusCode.OK);
        answer["reply"]!["last_number"]!.GetValue<int>().Should().Be(9);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(10_000, 100)]
    [InlineData(100_000, 0)]
    public async Task Duplex_messages_come_back_in_order(int count, int octets)
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "chat", ["count"] = count, ["octets"] = octets });

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(count);
    }

    [Theory]
    [InlineData("end_now", 1, StatusCode.OK)]
    [InlineData("fail_code", 9, StatusCode.FailedPrecondition)]
    public async Task A_duplex_call_that_the_server_ends_early_has_its_status(string field, int value, StatusCode expected)
    {
        JsonObject last = new() { [field] = field == "end_now" ? JsonValue.Create(true) : JsonValue.Create(value) };

        JsonNode answer = await RunAsync(new() { ["op"] = "chat", ["count"] = 3, ["keepOpen"] = true, ["last"] = last });

        Code(answer).Should().Be(expected);
        CountInOrder(answer).Should().Be(3);
    }

    [Fact]
    public async Task Two_hundred_and_fifty_streams_run_at_once()
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "crowd", ["streams"] = 250, ["count"] = 20 });

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(250 * 20);
    }

    [Fact]
    public async Task An_idle_stream_goes_on_after_other_calls()
    {
        JsonNode answer = await RunAsync(new()
        {
            ["op"] = "chat",
            ["count"] = 1,
            ["keepOpen"] = true,
            ["idleAfter"] = 1,
            ["others"] = 200,
        });

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(2);
    }

    [Fact]
    public async Task A_stopping_server_ends_an_open_stream_as_unavailable()
    {
        (_, Task<JsonNode> answer) = await BeginAsync(new() { ["op"] = "chat", ["count"] = 1, ["keepOpen"] = true });
        await _host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        await _host.Application.StopAsync().DefaultTimeout();

        Code(await answer.DefaultTimeout()).Should().Be(StatusCode.Unavailable);
    }

    [Fact]
    public async Task A_peer_that_dies_cancels_its_calls()
    {
        await using NodeClient mortal = await NodeClient.StartAsync();
        await mortal.BeginAsync(new()
        {
            ["op"] = "chat",
            ["count"] = 1,
            ["keepOpen"] = true,
            ["address"] = new Uri(_host.Address).Authority,
        });
        await _host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        await mortal.KillAsync();

        await _host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    private static StatusCode Code(JsonNode answer) => (StatusCode)answer["code"]!.GetValue<int>();

    private static int CountInOrder(JsonNode answer) => answer["inOrder"]!.GetValue<bool>() ? answer["count"]!.GetValue<int>() : -1;

    private static IEnumerable<string> Values(JsonNode answer, string part, string name) =>
        answer[part]![name]!.AsArray().Select(value => value!.GetValue<string>());

    private Task<JsonNode> RunAsync(JsonObject command)
    {
        command["address"] = new Uri(_host.Address).Authority;
        return Peer.RunAsync(command);
    }

    private Task<(string Id, Task<JsonNode> Answer)> BeginAsync(JsonObject command)
    {
        command["address"] = new Uri(_host.Address).Authority;
        return Peer.BeginAsync(command);
    }
}
