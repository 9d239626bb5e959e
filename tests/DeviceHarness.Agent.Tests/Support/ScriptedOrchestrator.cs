using System.Net;
using System.Threading.Channels;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.TestKit;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>An orchestrator on a free port that does what a test says.</summary>
internal sealed class ScriptedOrchestrator : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Connections _connections;

    private ScriptedOrchestrator(WebApplication application)
    {
        _application = application;
        _connections = application.Services.GetRequiredService<Connections>();
        Address = application.Urls.Single();
    }

    public string Address { get; }

    public static async Task<ScriptedOrchestrator> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenGrpc(IPAddress.Loopback, 0));
        builder.Services.AddGrpc(_ => { });
        builder.Services.AddSingleton<Connections>();
        WebApplication application = builder.Build();
        application.MapGrpcService<Service>();
        await application.StartAsync().DefaultTimeout();
        return new ScriptedOrchestrator(application);
    }

    /// <summary>The next stream that an agent opens, its hello read and nothing answered.</summary>
    public Task<ScriptedRigLink> AcceptAsync() => _connections.New.Reader.ReadAsync().AsTask().DefaultTimeout();

    /// <summary>The next stream that an agent opens, welcomed.</summary>
    public async Task<ScriptedRigLink> WelcomeAsync(TimeSpan? heartbeat = null)
    {
        ScriptedRigLink link = await AcceptAsync();
        await link.WelcomeAsync(heartbeat ?? TimeSpan.FromHours(1));
        return link;
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource atOnce = new(TimeSpan.Zero);
        await _application.StopAsync(atOnce.Token);
        await _application.DisposeAsync();
    }

    internal sealed class Connections
    {
        public Channel<ScriptedRigLink> New { get; } = Channel.CreateUnbounded<ScriptedRigLink>();
    }

    internal sealed class Service(Connections connections) : RigService.RigServiceBase
    {
        public override async Task Connect(
            IAsyncStreamReader<RigMessage> requestStream,
            IServerStreamWriter<OrchestratorMessage> responseStream,
            ServerCallContext context)
        {
            if (await requestStream.MoveNext(context.CancellationToken))
            {
                ScriptedRigLink link = new(requestStream, responseStream, context);
                await connections.New.Writer.WriteAsync(link, context.CancellationToken);
                Status end = await link.Ended;
                if (end.StatusCode != StatusCode.OK)
                {
                    throw new RpcException(end);
                }
            }
        }
    }
}
