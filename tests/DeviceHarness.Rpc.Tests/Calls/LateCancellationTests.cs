using System.Net;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Rpc.Tests.Echo;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

public sealed class LateCancellationTests
{
    [Fact]
    public async Task A_read_that_learns_last_of_an_early_end_is_cancelled_and_sees_no_end_of_its_requests()
    {
        ReadResult result = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.ListenGrpc(IPAddress.Loopback, 0));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(result);
        await using WebApplication application = builder.Build();
        application.MapGrpcService<HeldServer>();
        await application.StartAsync();
        using GrpcChannel channel = GrpcChannel.ForAddress(application.Urls.Single());
        using AsyncDuplexStreamingCall<EchoRequest, EchoReply> call = new EchoService.EchoServiceClient(channel).Chat();
        (await call.ResponseStream.MoveNext().DefaultTimeout()).Should().BeTrue("the handler's read is pending");

        Task stopping = application.StopAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext().DefaultTimeout());

        (await result.Ended.Task.DefaultTimeout()).Should().Be(nameof(OperationCanceledException));
        await stopping.DefaultTimeout();
    }

    private sealed class ReadResult
    {
        public TaskCompletionSource<string> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Reads while the news of the end is held back from the read: the last to register is told first, and blocks.</summary>
    private sealed class HeldServer(ReadResult result) : EchoService.EchoServiceBase
    {
        public override async Task Chat(
            IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            Task<bool> read = requestStream.MoveNext(context.CancellationToken);
            await using CancellationTokenRegistration held = context.CancellationToken.Register(
                () => result.Ended.Task.DefaultTimeout().GetAwaiter().GetResult());
            await responseStream.WriteAsync(new EchoReply(), context.CancellationToken);
            try
            {
                result.Ended.SetResult(await read ? "a message" : "the end of the requests");
            }
            catch (OperationCanceledException)
            {
                result.Ended.SetResult(nameof(OperationCanceledException));
            }
        }
    }
}
