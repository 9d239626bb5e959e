using System.Net;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

/// <summary>The pings of either side, seen from a relay between the two. Where a connection is to be given up, the time-out is the
/// shortest: a machine that stalls gives it up, too. Where it is to live, only a hang reaches the time-out.</summary>
public sealed class KeepAliveTests
{
    private static readonly KeepAlive Impatient = new(KeepAlive.Shortest, KeepAlive.Shortest);
    private static readonly KeepAlive Patient = new(KeepAlive.Shortest, TimeSpan.FromMinutes(10));
    private static readonly KeepAlive Never = new(TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    [Fact]
    public async Task A_server_that_swallows_everything_is_unavailable_to_its_client()
    {
        await using TcpRelay relay = new();
        await using EchoHost host = await StartAsync(Never, relay);
        using GrpcChannel channel = new ChannelFactory(null, Impatient).Open(relay.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        relay.Hold();
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().DefaultTimeout());

        error.StatusCode.Should().Be(StatusCode.Unavailable, "{0}", error.Status.DebugException);
        error.Status.Detail.Should().Contain("KeepAlivePing", "the ping told, and nothing else did");
    }

    [Fact]
    public async Task A_client_that_swallows_everything_cancels_its_handler()
    {
        await using TcpRelay relay = new();
        await using EchoHost host = await StartAsync(Impatient, relay);
        using GrpcChannel channel = new ChannelFactory(null, Never).Open(relay.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await host.Record.WaitForAsync("begin Chat").DefaultTimeout();

        relay.Hold();

        await host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_idle_stream_lives_on_while_pings_are_answered(bool isClientAsking)
    {
        await using TcpRelay relay = new();
        await using EchoHost host = await StartAsync(isClientAsking ? Never : Patient, relay);
        using GrpcChannel channel = new ChannelFactory(null, isClientAsking ? Patient : Never).Open(relay.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await ExchangeAsync(call, 1);
        RisingCount answers = isClientAsking ? relay.ServerPings.Answered : relay.ClientPings.Answered;

        // More than the client's own measuring of the round trip, which pings, too, while messages come.
        await answers.WaitForAsync(answers.Count + 6, CancellationToken.None).DefaultTimeout();

        await ExchangeAsync(call, 2);
        await call.RequestStream.CompleteAsync();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeFalse();
    }

    [Fact]
    public void The_settings_reach_the_handler_of_either_kind_of_channel()
    {
        KeepAlive settings = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        using EchoCertificates certificates = new();

        using SocketsHttpHandler clear = GrpcHandler.Create(settings);
        using SocketsHttpHandler secure = certificates.With(certificates.Client).CreateHandler(settings);

        foreach (SocketsHttpHandler handler in new[] { clear, secure })
        {
            handler.KeepAlivePingPolicy.Should().Be(HttpKeepAlivePingPolicy.Always);
            handler.KeepAlivePingDelay.Should().Be(settings.Delay);
            handler.KeepAlivePingTimeout.Should().Be(settings.Timeout);
        }
    }

    [Fact]
    public void Settings_that_the_platform_would_not_take_are_refused()
    {
        Func<KeepAlive> soon = () => new KeepAlive(TimeSpan.FromMilliseconds(999), KeepAlive.Shortest);
        Func<KeepAlive> hasty = () => new KeepAlive(KeepAlive.Shortest, TimeSpan.Zero);

        soon.Should().Throw<ArgumentOutOfRangeException>();
        hasty.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static async Task ExchangeAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call, int number)
    {
        await call.RequestStream.WriteAsync(new EchoRequest { Number = number }).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        call.ResponseStream.Current.Number.Should().Be(number);
    }

    private static async Task<EchoHost> StartAsync(KeepAlive keepAlive, TcpRelay relay)
    {
        EchoHost host = await EchoHost.StartAsync(keepAlive: keepAlive);
        relay.Target = new IPEndPoint(IPAddress.Loopback, new Uri(host.Address).Port);
        return host;
    }
}
