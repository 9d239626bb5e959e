using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>The echo service on another implementation.</summary>
public sealed class PeerServer : IAsyncDisposable
{
    /// <summary>The argument of a server that pings its clients each second.</summary>
    public const string KeptAlive = "keepalive";

    /// <summary>The argument of a server that takes a ping each second from its clients.</summary>
    public const string Tolerant = "tolerant";

    private readonly PeerProcess _process;

    private PeerServer(PeerProcess process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:port</c>, or https.</summary>
    public string Address { get; }

    /// <summary>Starts the peer on a free port.</summary>
    /// <param name="arguments">Its certificate authority, certificate and key as PEM files; <see cref="KeptAlive"/> or
    /// <see cref="Tolerant"/>; none: cleartext.</param>
    /// <typeparam name="TLanguage">Its implementation.</typeparam>
    public static async Task<PeerServer> StartAsync<TLanguage>(params string[] arguments)
        where TLanguage : IPeerLanguage
    {
        PeerProcess process = await PeerProcess.StartAsync<TLanguage>("server", arguments);
        string line = await process.ReadLineAsync().DefaultTimeout();
        string scheme = arguments.Length <= 1 ? "http" : "https";
        return new PeerServer(process, $"{scheme}://127.0.0.1:{line["PORT ".Length..]}");
    }

    /// <summary>Ends the peer without a farewell.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
