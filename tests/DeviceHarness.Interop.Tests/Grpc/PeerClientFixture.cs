using Xunit;

namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>One client of another implementation for all tests of a class.</summary>
/// <typeparam name="TLanguage">The implementation.</typeparam>
public sealed class PeerClientFixture<TLanguage> : IAsyncLifetime
    where TLanguage : IPeerLanguage
{
    /// <summary>The client.</summary>
    public PeerClient Peer { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync() => Peer = await PeerClient.StartAsync<TLanguage>();

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Peer.DisposeAsync();
}
