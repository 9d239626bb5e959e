using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Memory;

/// <summary>Two transports joined in memory, for tests of codecs and links: what one writes the other reads.</summary>
/// <remarks>Waits follow the given clock, so that a test may move it. No line rate, no loss.</remarks>
public sealed class MemoryTransportPair : IAsyncDisposable
{
    private readonly MemoryTransport _near;
    private readonly MemoryTransport _far;

    private MemoryTransportPair(MemoryTransport near, MemoryTransport far)
    {
        _near = near;
        _far = far;
    }

    /// <summary>The harness's end.</summary>
    public IByteTransport Near => _near;

    /// <summary>The device's end.</summary>
    public IByteTransport Far => _far;

    /// <summary>Joins two transports.</summary>
    /// <param name="name">The name of both in messages.</param>
    /// <param name="timeProvider">The clock of read time-outs; null means the system's.</param>
    public static MemoryTransportPair Create(string name = "memory", TimeProvider? timeProvider = null)
    {
        TimeProvider clock = timeProvider ?? TimeProvider.System;
        MemoryPipe toFar = new();
        MemoryPipe toNear = new();
        return new MemoryTransportPair(new MemoryTransport(name, toNear, toFar, clock), new MemoryTransport(name, toFar, toNear, clock));
    }

    /// <summary>Breaks the line: what was written may still be read, then both ends are gone.</summary>
    public void HangUp()
    {
        _near.Break("hang-up");
        _far.Break("hang-up");
    }

    /// <summary>Closes both ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync().ConfigureAwait(false);
        await _far.DisposeAsync().ConfigureAwait(false);
    }
}
