using System.Net;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Hosting;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Orchestrator.Services;
using DeviceHarness.Rpc.Hosting;
using DeviceHarness.Store;
using DeviceHarness.Store.Sqlite;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Orchestrator;

/// <summary>A running orchestrator: queue and leases in the store, rigs and clients over gRPC.</summary>
/// <remarks>Everything that matters is on disk before anybody is told of it: an orchestrator that is killed and started again on the same
/// data folder goes on where it was.</remarks>
public sealed class OrchestratorHost : IAsyncDisposable
{
    /// <summary>The store's file in the data folder.</summary>
    public const string StoreFileName = "harness.db";

    // Peers that read are told and gone at once; this bounds the wait for those that do not.
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(5);

    private readonly OrchestratorOptions _options;
    private readonly DataFolderLock _folder;
    private readonly IHarnessStore _store;
    private readonly WebApplication _application;
    private readonly RigRegistry _rigs;
    private readonly ILogger _logger;
    private bool _isStopped;

    private OrchestratorHost(
        OrchestratorOptions options, DataFolderLock folder, IHarnessStore store, WebApplication application, ILogger logger)
    {
        _options = options;
        _folder = folder;
        _store = store;
        _application = application;
        _rigs = application.Services.GetRequiredService<RigRegistry>();
        _logger = logger;
    }

    /// <summary>Where gRPC is served, such as <c>http://127.0.0.1:7410</c>.</summary>
    public string Address { get; private set; } = string.Empty;

    /// <summary>How many watchers are being fed; for tests.</summary>
    internal int Watchers => _application.Services.GetRequiredService<CycleWatchHub>().Count;

    /// <summary>How many rigs have an open connection; for tests.</summary>
    internal int ConnectedRigs => _rigs.Connected.Count;

    /// <summary>Looks for ended leases and silent rigs now; for tests.</summary>
    internal Task SweepAsync(CancellationToken cancellationToken) =>
        _application.Services.GetRequiredService<Sweeper>().SweepAsync(cancellationToken);

    /// <summary>Runs an orchestrator until cancelled, then stops it cleanly.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="started">Called once with the address, when clients and rigs can connect; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Ends the orchestrator.</param>
    /// <exception cref="OrchestratorException">It cannot start.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task RunAsync(OrchestratorOptions options, Action<string>? started, CancellationToken cancellationToken)
    {
        OrchestratorHost host;
        try
        {
            host = await StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Told to end before it served: that is an end like any other.
            return;
        }

        await using (host.ConfigureAwait(false))
        {
            started?.Invoke(host.Address);
            TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using CancellationTokenRegistration registration = cancellationToken.Register(ended.SetResult);
            await ended.Task.ConfigureAwait(false);
        }
    }

    /// <summary>Starts an orchestrator; disposing it stops it cleanly.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OrchestratorException">It cannot start.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<OrchestratorHost> StartAsync(OrchestratorOptions options, CancellationToken cancellationToken)
    {
        if (options.Tls is null && !IPAddress.IsLoopback(options.Endpoint.Address))
        {
            throw new OrchestratorException(
                OrchestratorException.NotLoopback,
                $"cleartext is served on loopback addresses only, and {options.Endpoint} is none: "
                + "anybody on the network could switch devices. "
                + "Give certificates with --tls-cert, --tls-key and --client-ca, or use 127.0.0.1 and a tunnel such as 'ssh -R'.");
        }

        DataFolderLock folder = DataFolderLock.Take(options.DataFolder);
        IHarnessStore? store = null;
        try
        {
            store = await SqliteHarnessStore.OpenAsync(
                Path.Combine(options.DataFolder, StoreFileName), options.Leases, cancellationToken)
                .ConfigureAwait(false);
            ILoggerFactory loggers = options.LoggerFactory ?? NullLoggerFactory.Instance;
            ILogger logger = loggers.CreateLogger("DeviceHarness.Orchestrator");
            OrchestratorHost host = new(options, folder, store, Build(options, store, loggers, logger), logger);
            await host.ListenAsync(cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            if (store is not null)
            {
                await store.DisposeAsync().ConfigureAwait(false);
            }

            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops cleanly: streams are closed with a status, the published address goes, the store is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        OrchestratorAddress.Remove(_options.DataFolder);

        _application.Services.GetRequiredService<StoreHealth>().Tell(isServing: false);

        // First the handlers hear of it, so that they do not take the end of their streams for a lost connection.
        _application.Lifetime.StopApplication();
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
        OrchestratorLog.Stopped(_logger);
    }

    private static WebApplication Build(OrchestratorOptions options, IHarnessStore store, ILoggerFactory loggers, ILogger logger)
    {
        WebApplicationBuilder builder =
            WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "DeviceHarness.Orchestrator" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenGrpc(
                options.Endpoint.Address, options.Endpoint.Port, options.Tls,
                refusal => OrchestratorLog.ClientRefused(logger, refusal.Peer, refusal.Reason, refusal.Certificate), options.KeepAlive);
        });
        IServiceCollection services = builder.Services;
        services.AddSingleton(loggers);
        services.AddLogging();
        services.AddSingleton<IHostLifetime, ForeignLifetime>();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTime);
        services.AddGrpc();
        services.AddGrpcReflection();
        services.AddSingleton<HealthServiceImpl>();
        services.AddSingleton<StoreHealth>();
        services.AddSingleton(provider => new CycleWatchHub(options.WatcherQueueLimit));
        services.AddSingleton(provider => new RigDeskServices(
            store, provider.GetRequiredService<CycleWatchHub>(), new UnknownEventFile(options.DataFolder), options, logger));
        services.AddSingleton<RigRegistry>();
        services.AddSingleton<CycleSubmission>();
        services.AddSingleton<RigRelease>();
        services.AddSingleton<CycleWatch>();
        services.AddSingleton<CycleReport>();
        services.AddSingleton<IssueDesk>();
        services.AddSingleton<ThresholdDesk>();
        services.AddSingleton<RegressionDesk>();
        services.AddSingleton<CampaignDesk>();
        services.AddSingleton<ComparisonDesk>();
        services.AddSingleton<LatencyDesk>();
        services.AddSingleton<HistoryDesk>();
        services.AddSingleton<ResumeDesk>();
        services.AddSingleton<ServiceRequestRelay>();
        services.AddHostedService<DeskCaller>();
        services.AddSingleton<Sweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<Sweeper>());
        WebApplication application = builder.Build();
        application.MapGrpcService<RigRpcService>();
        application.MapGrpcService<HarnessRpcService>();
        application.MapGrpcService<HealthServiceImpl>();
        if (options.IsReflected)
        {
            application.MapGrpcReflectionService();
        }

        return application;
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _rigs.RecallAsync(cancellationToken).ConfigureAwait(false);
            _application.Services.GetRequiredService<StoreHealth>().Tell(isServing: true);
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
            string bound = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            Address = OrchestratorAddress.Reachable(bound);
            new OrchestratorAddress(Address, Environment.ProcessId, HarnessVersion.Text).Write(_options.DataFolder);
            OrchestratorLog.Started(_logger, HarnessVersion.Text, Address, _options.DataFolder);
        }
        catch (IOException exception)
        {
            await _application.DisposeAsync().ConfigureAwait(false);
            throw new OrchestratorException(
                OrchestratorException.AddressNotBound,
                $"gRPC cannot be served at {_options.Endpoint}: {exception.Message}. "
                + "Another program may use the port: choose another, or 0 for any.",
                exception);
        }
        catch
        {
            await _application.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
