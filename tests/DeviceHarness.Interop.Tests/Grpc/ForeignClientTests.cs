using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static DeviceHarness.Interop.Tests.Grpc.PeerAnswer;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>What another implementation can do as the client of our server.</summary>
/// <typeparam name="TLanguage">The implementation.</typeparam>
public abstract class ForeignClientTests<TLanguage>(PeerClientFixture<TLanguage> fixture)
    : IClassFixture<PeerClientFixture<TLanguage>>, IAsyncLifetime
    where TLanguage : IPeerLanguage
{
    private const long Hour = 3_600_000;
    private const string Text = "50 % \n é 🙂 \u007F";

    private EchoHost _host = null!;

    private PeerClient Peer => fixture.Peer;

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
    [MemberData(nameof(StatusFailures.All), MemberType = typeof(StatusFailures))]
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
        // The server's clock, moved by hand, ends the call long before the peer's own would.
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        (_, Task<JsonNode> answer) = await BeginAsync(
            new() { ["op"] = "unary", ["deadlineMs"] = Hour, ["request"] = new JsonObject { ["hang"] = true } }, host);
        await host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        time.Advance(TimeSpan.FromHours(2));

        Code(await answer.DefaultTimeout()).Should().Be(StatusCode.DeadlineExceeded);
        await host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task A_deadline_ends_a_stream_after_its_messages()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        (_, Task<JsonNode> reading) = await BeginAsync(
            new()
            {
                ["op"] = "download",
                ["deadlineMs"] = Hour,
                ["request"] = new JsonObject { ["reply_count"] = 3, ["hang"] = true },
            },
            host);
        await host.Record.WaitForAsync("hang Download").DefaultTimeout();

        time.Advance(TimeSpan.FromHours(2));
        JsonNode answer = await reading.DefaultTimeout();

        Code(answer).Should().Be(StatusCode.DeadlineExceeded);
        CountInOrder(answer).Should().Be(3);
        await host.Record.WaitForAsync("cancel Download").DefaultTimeout();
    }

    [Fact]
    public async Task A_deadline_that_the_peer_keeps_ends_a_call() =>
        Code(await RunAsync(new() { ["op"] = "unary", ["deadlineMs"] = 100, ["request"] = new JsonObject { ["hang"] = true } }))
            .Should().Be(StatusCode.DeadlineExceeded);

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
        // grpc-js ends its stream before it resets it, so only a handler that does not read sees the reset.
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
    [InlineData(2_000)]
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
    [InlineData(2_000, 100)]
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
        (_, Task<JsonNode> reading) = await BeginAsync(new() { ["op"] = "chat", ["count"] = 1, ["keepOpen"] = true });
        await _host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        await _host.Application.StopAsync().DefaultTimeout();
        JsonNode answer = await reading.DefaultTimeout();

        Code(answer).Should().Be(StatusCode.Unavailable);
        answer["details"]!.GetValue<string>().Should().Be("the server is stopping");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000_000)]
    public async Task Compressed_messages_go_there_and_back(int octets)
    {
        List<string?> encodings = [];
        await using EchoHost host = await StartCompressingAsync(encodings);

        JsonNode answer = await RunAsync(new() { ["op"] = "unary", ["octets"] = octets, ["gzip"] = true }, host);

        Code(answer).Should().Be(StatusCode.OK);
        answer["reply"]!["same"]!.GetValue<bool>().Should().BeTrue();
        encodings.Should().Equal("gzip", "gzip");
    }

    [Fact]
    public async Task Compressed_streams_keep_their_order()
    {
        List<string?> encodings = [];
        await using EchoHost host = await StartCompressingAsync(encodings);

        JsonNode answer = await RunAsync(new() { ["op"] = "chat", ["count"] = 1000, ["octets"] = 500, ["gzip"] = true }, host);

        Code(answer).Should().Be(StatusCode.OK);
        CountInOrder(answer).Should().Be(1000);
        encodings.Should().Equal("gzip", "gzip");
    }

    [Fact]
    public async Task A_message_that_is_small_only_when_compressed_is_refused()
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "unary", ["octets"] = 5_000_000, ["gzip"] = true });

        Code(answer).Should().Be(StatusCode.ResourceExhausted);
        answer["details"]!.GetValue<string>().Should().Contain("decompressed");
    }

    [Fact]
    public async Task Both_sides_show_certificates()
    {
        using EchoCertificates certificates = new();
        await using EchoHost host = await EchoHost.StartAsync(tls: certificates.With(certificates.Server));

        JsonObject command = new() { ["op"] = "unary", ["request"] = WhoAmI };
        JsonNode answer = await RunAsync(WithTls(command, certificates, certificates.Client), host);

        Code(answer).Should().Be(StatusCode.OK);
        answer["reply"]!["text"]!.GetValue<string>().Should().StartWith("x509_common_name=rig-07");
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("another authority's")]
    [InlineData("a server of another authority")]
    public async Task A_certificate_that_does_not_hold_is_unavailable(string fault)
    {
        using EchoCertificates certificates = new();
        using EchoCertificates others = new();
        await using EchoHost host = await EchoHost.StartAsync(tls: certificates.With(certificates.Server));
        JsonObject command = new() { ["op"] = "unary", ["request"] = WhoAmI };
        command = fault switch
        {
            "expired" => WithTls(command, certificates, certificates.ExpiredClient()),
            "another authority's" => WithTls(command, certificates, others.Client),
            _ => WithTls(command, others, certificates.Client),
        };

        Code(await RunAsync(command, host)).Should().Be(StatusCode.Unavailable);
        host.Record.Begun.Should().Be(0);
    }

    [Fact]
    public async Task Health_is_checked_and_watched()
    {
        const string service = "echo.v1.EchoService";
        JsonNode unknown = await RunAsync(new() { ["op"] = "health", ["service"] = service });
        _host.Health.SetStatus(service, HealthCheckResponse.Types.ServingStatus.NotServing);
        JsonNode known = await RunAsync(new() { ["op"] = "health", ["service"] = service });
        JsonNode watched = await RunAsync(new() { ["op"] = "health", ["service"] = service, ["watch"] = true });

        Code(unknown).Should().Be(StatusCode.NotFound);
        known["status"]!.GetValue<int>().Should().Be((int)HealthCheckResponse.Types.ServingStatus.NotServing);
        watched["status"]!.GetValue<int>().Should().Be((int)HealthCheckResponse.Types.ServingStatus.NotServing);
    }

    [Theory]
    [InlineData("grpc.reflection.v1")]
    [InlineData("grpc.reflection.v1alpha")]
    public async Task A_generic_client_learns_a_service_and_calls_it(string version)
    {
        JsonNode answer = await RunAsync(new() { ["op"] = "reflect", ["version"] = version, ["service"] = "echo.v1.EchoService" });

        Code(answer).Should().Be(StatusCode.OK);
        answer["services"]!.AsArray().Select(name => name!.GetValue<string>()).Should().Contain("echo.v1.EchoService");
        answer["reply"]!["number"]!.GetValue<int>().Should().Be(77);
    }

    [Fact]
    public async Task A_peer_that_dies_cancels_its_calls()
    {
        await using PeerClient mortal = await PeerClient.StartAsync<TLanguage>();
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

    private static JsonObject WhoAmI => new() { ["text"] = EchoServer.WhoAmI };

    private static JsonObject WithTls(JsonObject command, EchoCertificates trusted, X509Certificate2 own)
    {
        (string authority, string certificate, string key) = trusted.ReadPem(own);
        command["tls"] = new JsonObject { ["ca"] = authority, ["cert"] = certificate, ["key"] = key };
        return command;
    }

    private static Task<EchoHost> StartCompressingAsync(List<string?> encodings) => EchoHost.StartAsync(
        options => options.ResponseCompressionAlgorithm = "gzip",
        map: application => application.Use(async (http, next) =>
        {
            encodings.Add(http.Request.Headers["grpc-encoding"]);
            http.Response.OnStarting(() =>
            {
                encodings.Add(http.Response.Headers["grpc-encoding"]);
                return Task.CompletedTask;
            });
            await next(http);
        }));

    /// <summary>Makes a call to a server, the class's own when none is given.</summary>
    protected async Task<JsonNode> RunAsync(JsonObject command, EchoHost? host = null) =>
        await (await BeginAsync(command, host)).Answer.DefaultTimeout();

    private Task<(string Id, Task<JsonNode> Answer)> BeginAsync(JsonObject command, EchoHost? host = null)
    {
        command["address"] = new Uri((host ?? _host).Address).Authority;
        return Peer.BeginAsync(command);
    }
}
