using System.Diagnostics;
using System.Globalization;
using System.Net;
using DeviceHarness.Benchmarks.Measuring;
using DeviceHarness.Rpc.Hosting;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Our gRPC as either end of the ping service, each in a process of its own: the counterpart of <c>peers/ping.js</c>, with the
/// same lines in and out.</summary>
internal static class PingPeer
{
    /// <summary>The option that makes this program such an end, before <see cref="Server"/> or <see cref="Client"/>.</summary>
    public const string Option = "--ping-peer";

    /// <summary>Serves; prints <c>PORT n</c>; ends with standard input.</summary>
    public const string Server = "server";

    /// <summary>Calls the address that follows, as lines of standard input say: <c>CALLS IN_FLIGHT</c>; answers the microseconds.</summary>
    public const string Client = "client";

    /// <summary>The service on a free loopback port.</summary>
    public static async Task<WebApplication> StartServiceAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.ListenGrpc(IPAddress.Loopback, 0));
        builder.Services.AddGrpc(_ => { });
        WebApplication application = builder.Build();
        application.MapGrpcService<PingServer>();
        await application.StartAsync();
        return application;
    }

    /// <summary>Serves until standard input ends.</summary>
    public static async Task ServeAsync()
    {
        await using WebApplication application = await StartServiceAsync();
        await Console.Out.WriteLineAsync(FormattableString.Invariant($"PORT {new Uri(application.Urls.Single()).Port}"));
        await Console.In.ReadToEndAsync();
    }

    /// <summary>Calls as it is told until standard input ends.</summary>
    /// <param name="address">The server's <c>host:port</c>.</param>
    public static async Task CallAsync(string address)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://{address}");
        PingService.PingServiceClient client = new(channel);
        ByteString payload = ByteString.CopyFrom([.. Enumerable.Range(0, PingHost.PayloadOctets).Select(index => (byte)(index * 31))]);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            int[] numbers = [.. line.Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
            double elapsed = await MeasureAsync(client, payload, numbers[0], numbers[1]);
            await Console.Out.WriteLineAsync(elapsed.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task<double> MeasureAsync(PingService.PingServiceClient client, ByteString payload, int calls, int inFlight)
    {
        int next = -1;
        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref next) is int number && number < calls)
            {
                Ping reply = await client.UnaryAsync(new Ping { Number = number, Payload = payload });
                Verify.That(reply.Number == number && reply.Payload.Equals(payload), $"call {number} came back changed");
            }
        }

        long started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => WorkAsync()));
        return Elapsed.MicrosecondsSince(started);
    }
}
