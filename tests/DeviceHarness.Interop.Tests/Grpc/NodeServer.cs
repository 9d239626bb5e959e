using DeviceHarness.TestKit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>The echo service on grpc-js.</summary>
public sealed class NodeServer : IAsyncDisposable
{
    private readonly NodeProcess _process;

    private NodeServer(NodeProcess process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <summary>Starts the peer on a free port.</summary>
    public static async Task<NodeServer> StartAsync()
    {
        NodeProcess process = await NodeProcess.StartAsync("server.js");
        string line = await process.ReadLineAsync().DefaultTimeout();
        return new NodeServer(process, $"http://127.0.0.1:{line["PORT ".Length..]}");
    }

    /// <summary>Ends the peer without a farewell.</summary>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
