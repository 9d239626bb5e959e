using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>One grpc-js client for all tests of a class.</summary>
public sealed class NodeClientFixture : IAsyncLifetime
{
    /// <summary>The client.</summary>
    public NodeClient Peer { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Peer = await NodeClient.StartAsync();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Peer.DisposeAsync();
}
