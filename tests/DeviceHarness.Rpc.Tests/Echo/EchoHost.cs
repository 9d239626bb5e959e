using System.Net;
using DeviceHarness.Rpc.Hosting;
using Grpc.AspNetCore.Server;
using Grpc.HealthCheck;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Rpc.Tests.Echo;

/// <summary>The echo service on a free loopback port.</summary>
public sealed class EchoHost : IAsyncDisposable
{
    private EchoHost(WebApplication application)
    {
        Application = application;
        Record = application.Services.GetRequiredService<EchoRecord>();
        Address = application.Urls.Single();
    }

    /// <summary>The application.</summary>
    public WebApplication Application { get; }

    /// <summary>What the service has seen.</summary>
    public EchoRecord Record { get; }

    /// <summary>What its clients are told of its health; at first nothing is known.</summary>
    public HealthServiceImpl Health => Application.Services.GetRequiredService<HealthServiceImpl>();

    /// <summary>Where it listens: <c>http://127.0.0.1:port</c>, or https.</summary>
    public string Address { get; }

    /// <summary>Starts the service.</summary>
    /// <param name="configure">Sets options of the server; null: defaults.</param>
    /// <param name="services">Adds services; null: none.</param>
    /// <param name="map">Maps more endpoints; null: none.</param>
    /// <param name="tls">The certificates; null: cleartext.</param>
    /// <param name="kestrel">Sets more of the web server; null: nothing.</param>
    /// <param name="keepAlive">The server's pings; null: the default ones.</param>
    /// <param name="refused">Told of each client whose certificate was not accepted; null: nobody.</param>
    public static async Task<EchoHost> StartAsync(
        Action<GrpcServiceOptions>? configure = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        MutualTls? tls = null,
        Action<KestrelServerOptions>? kestrel = null,
        KeepAlive? keepAlive = null,
        Action<TlsRefusal>? refused = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.ListenGrpc(IPAddress.Loopback, 0, tls, refused, keepAlive);
            kestrel?.Invoke(options);
        });
        builder.Services.AddGrpc(configure ?? (_ => { }));
        builder.Services.AddGrpcReflection();
        builder.Services.AddSingleton<HealthServiceImpl>();
        builder.Services.AddSingleton<EchoRecord>();
        services?.Invoke(builder.Services);
        WebApplication application = builder.Build();
        application.MapGrpcService<EchoServer>();
        application.MapGrpcService<HealthServiceImpl>();
        application.MapGrpcReflectionService();
        map?.Invoke(application);
        await application.StartAsync();
        return new EchoHost(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Application.DisposeAsync();
}
