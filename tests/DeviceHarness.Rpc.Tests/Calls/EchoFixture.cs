using DeviceHarness.Rpc.Tests.Echo;
using Grpc.Net.Client;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Calls;

/// <summary>A server and a channel to it for each test.</summary>
public abstract class EchoFixture : IAsyncLifetime
{
    /// <summary>The server.</summary>
    protected EchoHost Host { get; private set; } = null!;

    /// <summary>The channel.</summary>
    protected GrpcChannel Channel { get; private set; } = null!;

    /// <summary>A client on the channel.</summary>
    protected EchoService.EchoServiceClient Client { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        Host = await EchoHost.StartAsync();
        Channel = GrpcChannel.ForAddress(Host.Address);
        Client = new EchoService.EchoServiceClient(Channel);
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        Channel.Dispose();
        await Host.DisposeAsync();
    }
}
