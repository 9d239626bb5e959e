using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>One grpc-js server for all tests of a class.</summary>
public sealed class NodeServerFixture : IAsyncLifetime
{
    /// <summary>The server.</summary>
    public NodeServer Peer { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Peer = await NodeServer.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Peer.DisposeAsync();
}
