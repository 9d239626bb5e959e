using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Tests;

/// <summary>A line under test: the end that is tried, the end that drives it, and how the line breaks.</summary>
public sealed record TransportEnds(IByteTransport Near, IByteTransport Far, Func<ValueTask> HangUp) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Near.DisposeAsync();
        await Far.DisposeAsync();
    }
}
