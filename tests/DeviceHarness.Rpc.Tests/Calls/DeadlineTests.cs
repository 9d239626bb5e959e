using DeviceHarness.Rpc.Server;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class DeadlineTests : EchoFixture
{
    [Fact]
    public async Task A_deadline_that_has_passed_ends_the_call_before_it_is_sent()
    {
        RpcException error = await ExpectAsync(
            Client.UnaryAsync(new EchoRequest(), deadline: DateTime.UnixEpoch).ResponseAsync);

        error.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
    }

    [Fact]
    public async Task The_clients_own_clock_ends_a_call_and_the_server_learns_it()
    {
        ManualTimeProvider time = new();
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions { TimeProvider = time });
        DateTime deadline = time.GetUtcNow().UtcDateTime.AddHours(1);
        Task<EchoReply> response = new EchoService.EchoServiceClient(channel)
            .UnaryAsync(new EchoRequest { Hang = true }, deadline: deadline).ResponseAsync;
        await Host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        time.Advance(TimeSpan.FromHours(1));
        RpcException error = await ExpectAsync(response);

        error.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        await Host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task A_deadline_in_sixty_days_and_one_at_the_end_of_time_hurt_nobody()
    {
        ManualTimeProvider time = new();
        using GrpcChannel channel = GrpcChannel.ForAddress(Host.Address, new GrpcChannelOptions { TimeProvider = time });
        EchoService.EchoServiceClient client = new(channel);
        DateTime now = time.GetUtcNow().UtcDateTime;

        EchoReply sixtyDays = await client.UnaryAsync(new EchoRequest { Number = 1 }, deadline: now.AddDays(60))
            .ResponseAsync.DefaultTimeout();
        EchoReply thousands = await client.UnaryAsync(new EchoRequest { Number = 2 }, deadline: now.AddYears(5000))
            .ResponseAsync.DefaultTimeout();
        EchoReply never = await client.UnaryAsync(new EchoRequest { Number = 3 }, deadline: DateTime.MaxValue)
            .ResponseAsync.DefaultTimeout();

        new[] { sixtyDays.Number, thousands.Number, never.Number }.Should().Equal(1, 2, 3);
        time.ArmedTimers.Should().Be(0);
    }

    [Fact]
    public void A_deadline_that_is_not_UTC_is_refused()
    {
        Action call = () => Client.UnaryAsync(
            new EchoRequest(), deadline: new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Local));

        call.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task The_server_ends_a_waiting_handler_with_a_status()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using RawClient raw = new(host.Address);
        Task<HttpResponseMessage> sending = raw.PostAsync(
            "/echo.v1.EchoService/Unary", RawClient.Frame(new EchoRequest { Hang = true }), headers: ("grpc-timeout", "10S"));
        await host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        time.Advance(TimeSpan.FromSeconds(10));
        using HttpResponseMessage response = await sending.DefaultTimeout();

        (await RawClient.StatusOfAsync(response).DefaultTimeout()).Status.Should().Be("4");
        await host.Record.WaitForAsync("cancel Unary").DefaultTimeout();
    }

    [Fact]
    public async Task The_server_ends_a_stream_after_its_messages_with_a_status()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using RawClient raw = new(host.Address);
        using HttpResponseMessage response = await raw.PostAsync(
            "/echo.v1.EchoService/Download",
            RawClient.Frame(new EchoRequest { ReplyCount = 2, Hang = true }),
            headers: ("grpc-timeout", "10S")).DefaultTimeout();
        Stream body = await response.Content.ReadAsStreamAsync();
        byte[] messages = new byte[5 + 5 + 2];
        await body.ReadExactlyAsync(messages).AsTask().DefaultTimeout();

        time.Advance(TimeSpan.FromSeconds(10));

        (await RawClient.StatusOfAsync(response).DefaultTimeout()).Status.Should().Be("4");
        messages.ShouldBeHex("00 00000000 00 00000002 1801");
        await host.Record.WaitForAsync("cancel Download").DefaultTimeout();
    }

    [Fact]
    public async Task The_server_resets_a_stream_whose_reader_takes_nothing()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using RawClient raw = new(host.Address);
        using HttpResponseMessage response = await raw.PostAsync(
            "/echo.v1.EchoService/Download",
            RawClient.Frame(new EchoRequest { ReplyCount = int.MaxValue, ReplyOctets = 1_000_000 }),
            headers: ("grpc-timeout", "10S")).DefaultTimeout();

        time.Advance(TimeSpan.FromSeconds(10));
        int waiting = time.ArmedTimers;
        time.Advance(ResponseGate.EarlyEndGrace);
        await host.Record.WaitForAsync("cancel Download").DefaultTimeout();
        HttpProtocolException error = await Assert.ThrowsAsync<HttpProtocolException>(
            () => RawClient.StatusOfAsync(response).DefaultTimeout());

        waiting.Should().Be(1, "what was written is given time to pass");
        error.ErrorCode.Should().Be(0x8);
    }

    [Fact]
    public async Task A_handler_sees_the_deadline_of_its_client()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using RawClient raw = new(host.Address);

        using HttpResponseMessage response = await raw.PostAsync(
            "/echo.v1.EchoService/Unary", RawClient.Frame(new EchoRequest { Number = 4 }), headers: ("grpc-timeout", "1H"))
            .DefaultTimeout();

        (await RawClient.StatusOfAsync(response).DefaultTimeout()).Status.Should().Be("0");
        time.ArmedTimers.Should().Be(0);
    }

    private static Task<RpcException> ExpectAsync(Task call) => Assert.ThrowsAsync<RpcException>(() => call.DefaultTimeout());
}
