using DeviceHarness.Rpc.Server;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class ServerStopTests : EchoFixture
{
    private static readonly Status Stopping = new(StatusCode.Unavailable, "the server is stopping");

    [Fact]
    public async Task A_stopping_server_ends_streams_at_once_as_unavailable()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        Task<Status> reading = await ExchangeAsync(call);

        await Host.Application.StopAsync().DefaultTimeout();

        (await reading.DefaultTimeout()).Should().Be(Stopping);
        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    [Fact]
    public async Task A_hundred_streams_of_one_connection_all_learn_it()
    {
        AsyncDuplexStreamingCall<EchoRequest, EchoReply>[] calls = [.. Enumerable.Range(0, 100).Select(_ => Client.Chat())];
        Task<Status>[] reading = await Task.WhenAll(calls.Select(ExchangeAsync)).DefaultTimeout();

        await Host.Application.StopAsync().DefaultTimeout();

        (await Task.WhenAll(reading).DefaultTimeout()).Should().AllBeEquivalentTo(Stopping);
    }

    [Fact]
    public async Task An_upload_and_a_download_learn_it_too()
    {
        using AsyncClientStreamingCall<EchoRequest, UploadReply> upload = Client.Upload();
        await upload.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        using AsyncServerStreamingCall<EchoReply> download = Client.Download(new EchoRequest { ReplyCount = 1, Hang = true });
        (await download.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        Task<Status> downloading = StatusOfAsync(download.ResponseStream);
        await Host.Record.WaitForAsync("begin Upload").DefaultTimeout();

        await Host.Application.StopAsync().DefaultTimeout();

        (await downloading.DefaultTimeout()).Should().Be(Stopping);
        (await Assert.ThrowsAsync<RpcException>(() => upload.ResponseAsync.DefaultTimeout())).Status.Should().Be(Stopping);
    }

    [Fact]
    public async Task A_handler_chooses_what_its_client_is_told()
    {
        await using EchoHost host = await EchoHost.StartAsync(map: application => application.Use((http, next) =>
        {
            http.Features.Set(new StopText("come back on Monday"));
            return next(http);
        }));
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        Task<Status> reading = await ExchangeAsync(call);

        await host.Application.StopAsync().DefaultTimeout();

        (await reading.DefaultTimeout()).Should().Be(new Status(StatusCode.Unavailable, "come back on Monday"));
    }

    [Fact]
    public async Task A_call_that_comes_while_the_server_stops_is_ended_before_its_handler()
    {
        LiveCalls live = Host.Application.Services.GetRequiredService<LiveCalls>();
        await live.StopAsync(CancellationToken.None).DefaultTimeout();
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();

        Status status = await StatusOfAsync(call.ResponseStream).DefaultTimeout();
        await Client.UnaryAsync(new EchoRequest()).ResponseAsync.DefaultTimeout();
        await Host.Record.WaitForAsync("begin Unary").DefaultTimeout();

        status.Should().Be(Stopping);
        Host.Record.Cancelled.Should().Be(0, "the handler of the stream never ran");
    }

    [Fact]
    public async Task A_unary_call_under_way_finishes()
    {
        using CancellationTokenSource release = new();
        await using EchoHost host = await EchoHost.StartAsync(map: application => application.Use(async (http, next) =>
        {
            application.Services.GetRequiredService<EchoRecord>().Begin("middleware");
            await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, release.Token));
            await next(http);
        }));
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);
        Task<EchoReply> response = new EchoService.EchoServiceClient(channel).UnaryAsync(new EchoRequest { Number = 6 }).ResponseAsync;
        await host.Record.WaitForAsync("begin middleware").DefaultTimeout();
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Application.Lifetime.ApplicationStopping.Register(stopped.SetResult);

        Task stopping = host.Application.StopAsync();
        await stopped.Task.DefaultTimeout();
        await release.CancelAsync();

        (await response.DefaultTimeout()).Number.Should().Be(6);
        await stopping.DefaultTimeout();
    }

    [Fact]
    public async Task A_client_that_never_closes_its_side_is_waited_for_only_so_long()
    {
        ManualTimeProvider time = new();
        await using EchoHost host = await EchoHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        using GrpcChannel channel = GrpcChannel.ForAddress(host.Address);
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        await call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        LiveCalls live = host.Application.Services.GetRequiredService<LiveCalls>();

        Task stopping = live.StopAsync(CancellationToken.None);
        await host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
        bool early = stopping.IsCompleted;
        time.Advance(LiveCalls.LeaveLimit);

        await stopping.DefaultTimeout();
        early.Should().BeFalse("nobody has read the status");
    }

    [Fact]
    public async Task The_hosts_own_patience_ends_the_wait_too()
    {
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = Client.Chat();
        await call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        IHostedLifecycleService farewell =
            Host.Application.Services.GetServices<IHostedService>().OfType<StreamFarewell>().Single();

        await farewell.StoppingAsync(new CancellationToken(canceled: true)).DefaultTimeout();

        await Host.Record.WaitForAsync("cancel Chat").DefaultTimeout();
    }

    private static async Task<Task<Status>> ExchangeAsync(AsyncDuplexStreamingCall<EchoRequest, EchoReply> call)
    {
        await call.RequestStream.WriteAsync(new EchoRequest()).DefaultTimeout();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue();
        return StatusOfAsync(call.ResponseStream);
    }

    private static async Task<Status> StatusOfAsync(IAsyncStreamReader<EchoReply> responses) =>
        (await Assert.ThrowsAsync<RpcException>(() => responses.MoveNext())).Status;
}
