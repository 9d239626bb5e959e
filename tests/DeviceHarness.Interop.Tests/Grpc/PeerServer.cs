using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>The echo service on another implementation.</summary>
public sealed class PeerServer : IAsyncDisposable
{
    private readonly PeerProcess _process;

    private PeerServer(PeerProcess process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:port</c>, or https.</summary>
    public string Address { get; }

    /// <summary>Starts the peer on a free port.</summary>
    /// <param name="pemFiles">Its certificate authority, certificate and key; none: cleartext.</param>
    /// <typeparam name="TLanguage">Its implementation.</typeparam>
    public static async Task<PeerServer> StartAsync<TLanguage>(params string[] pemFiles)
        where TLanguage : IPeerLanguage
    {
        PeerProcess process = await PeerProcess.StartAsync<TLanguage>("server", pemFiles);
        string line = await process.ReadLineAsync().DefaultTimeout();
        string scheme = pemFiles.Length == 0 ? "http" : "https";
        return new PeerServer(process, $"{scheme}://127.0.0.1:{line["PORT ".Length..]}");
    }

    /// <summary>Ends the peer without a farewell.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
