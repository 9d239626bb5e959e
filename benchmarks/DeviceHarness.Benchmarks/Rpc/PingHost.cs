using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace DeviceHarness.Benchmarks.Rpc;

/// <summary>Kestrel on a free loopback port, and our client on a channel to it, in one process: both share its cores.</summary>
internal sealed class PingHost : IAsyncDisposable
{
    /// <summary>The payload of every message, in octets.</summary>
    public const int PayloadOctets = 100;

    private const int PayloadSeed = 20261122;

    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private PingHost(WebApplication application, GrpcChannel channel)
    {
        _application = application;
        _channel = channel;
        Client = new PingService.PingServiceClient(channel);
        byte[] payload = new byte[PayloadOctets];
        Enumerable.Range(0, PayloadOctets).ToList().ForEach(index => payload[index] = (byte)((PayloadSeed * (index + 1)) >> 8));
        Payload = ByteString.CopyFrom(payload);
    }

    /// <summary>The client.</summary>
    public PingService.PingServiceClient Client { get; }

    /// <summary>The payload.</summary>
    public ByteString Payload { get; }

    /// <summary>Starts both ends.</summary>
    public static async Task<PingHost> StartAsync()
    {
        WebApplication application = await PingPeer.StartServiceAsync();
        return new PingHost(application, GrpcChannel.ForAddress(application.Urls.Single()));
    }

    /// <summary>Throws when a reply is not the echo of its request.</summary>
    public void Check(Ping reply, int number) =>
        Verify.That(reply.Number == number && reply.Payload.Equals(Payload));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _application.DisposeAsync();
    }
}
