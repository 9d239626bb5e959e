using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class StatusTests : EchoFixture
{
    public static TheoryData<StatusCode> Failures => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_code_and_its_text_reach_the_client(StatusCode code)
    {
        const string text = "50 % \n é 🙂 \u007F";

        AsyncUnaryCall<EchoReply> call = Client.UnaryAsync(new EchoRequest { FailCode = (int)code, FailText = text });
        RpcException error = await ExpectAsync(call.ResponseAsync);

        error.StatusCode.Should().Be(code);
        error.Status.Detail.Should().Be(text);
        call.GetStatus().Should().Be(error.Status);
    }

    [Fact]
    public async Task A_stream_that_fails_gives_its_messages_first()
    {
        using AsyncServerStreamingCall<EchoReply> call = Client.Download(
            new EchoRequest { ReplyCount = 3, FailCode = (int)StatusCode.DataLoss, FailText = "lost" });
        int read = 0;

        RpcException error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext().DefaultTimeout())
            {
                read++;
            }
        });

        read.Should().Be(3);
        error.Status.Should().Be(new Status(StatusCode.DataLoss, "lost"));
    }

    [Fact]
    public async Task Metadata_goes_there_and_back_as_headers_and_trailers()
    {
        Metadata headers = new()
        {
            { "x-text", "a, b" }, { "x-twice", "1" }, { "x-twice", "2" },
            { "x-octets-bin", [0, 255, 10] }, { "x-octets-bin", [1] }, { "grpc-own", "dropped" },
        };

        AsyncUnaryCall<EchoReply> call = Client.UnaryAsync(new EchoRequest { ReturnMetadata = true }, headers);
        Metadata received = await call.ResponseHeadersAsync.DefaultTimeout();
        await call.ResponseAsync.DefaultTimeout();
        Metadata trailers = call.GetTrailers();

        received.GetValue("x-text").Should().Be("a, b");
        received.GetAll("x-twice").Select(entry => entry.Value).Should().Equal(["1, 2"], "the platform's client joins texts of one name");
        received.GetAll("x-octets-bin").Select(entry => Convert.ToHexString(entry.ValueBytes)).Should().Equal("00FF0A", "01");
        trailers.GetAll("trailer-x-octets-bin").Select(entry => Convert.ToHexString(entry.ValueBytes)).Should().Equal("00FF0A", "01");
        trailers.GetValue("trailer-x-text").Should().Be("a, b");
        received.Concat(trailers).Should().NotContain(entry => entry.Key.StartsWith("grpc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_trailers_of_a_failure_are_in_its_exception()
    {
        AsyncUnaryCall<EchoReply> call = Client.UnaryAsync(
            new EchoRequest { ReturnMetadata = true, FailCode = (int)StatusCode.Aborted }, new Metadata { { "x-why", "because" } });

        RpcException error = await ExpectAsync(call.ResponseAsync);

        error.Trailers.GetValue("trailer-x-why").Should().Be("because");
    }

    [Fact]
    public async Task A_method_that_the_service_does_not_serve_is_unimplemented()
    {
        RpcException error = await ExpectAsync(Client.UnservedAsync(new EchoRequest()).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.Unimplemented);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_handler_throws_is_told_only_when_enabled(bool detailed)
    {
        await using EchoHost host = await EchoHost.StartAsync(
            options => options.EnableDetailedErrors = detailed, map: application => application.MapGrpcService<BrokenService>());
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);

        RpcException error = await ExpectAsync(BrokenService.CallAsync(channel));

        error.StatusCode.Should().Be(StatusCode.Unknown);
        error.Status.Detail.Contains(BrokenService.Secret, StringComparison.Ordinal).Should().Be(detailed);
    }

    [Fact]
    public void Status_and_trailers_are_known_only_at_the_end()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        Action status = () => call.GetStatus();
        Action trailers = () => call.GetTrailers();

        status.Should().Throw<InvalidOperationException>();
        trailers.Should().Throw<InvalidOperationException>();
    }

    private static Task<RpcException> ExpectAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call.DefaultTimeout());
}
