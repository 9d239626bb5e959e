using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>One server of another implementation for all tests of a class.</summary>
/// <typeparam name="TLanguage">The implementation.</typeparam>
public sealed class PeerServerFixture<TLanguage> : IAsyncLifetime
    where TLanguage : IPeerLanguage
{
    /// <summary>The server.</summary>
    public PeerServer Peer { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Peer = await PeerServer.StartAsync<TLanguage>();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Peer.DisposeAsync();
}
