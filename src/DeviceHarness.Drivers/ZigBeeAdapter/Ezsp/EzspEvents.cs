using System.Threading.Channels;

namespace DeviceHarness.Drivers.ZigBeeAdapter.Ezsp;

/// <summary>The events that wait to be read: bounded, the oldest go, and that is told.</summary>
internal sealed class EzspEvents
{
    /// <summary>The most events that wait.</summary>
    internal const int MaximumEvents = 1024;

    private readonly Channel<ZigBeeAdapterEvent> _channel;
    private long _dropped;

    internal EzspEvents() => _channel = Channel.CreateBounded<ZigBeeAdapterEvent>(
        new BoundedChannelOptions(MaximumEvents) { FullMode = BoundedChannelFullMode.DropOldest },
        _ => Interlocked.Increment(ref _dropped));

    internal void Add(ZigBeeAdapterEvent told) => _channel.Writer.TryWrite(told);

    internal async ValueTask<ZigBeeAdapterEvent> ReadAsync(CancellationToken cancellationToken)
    {
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        return dropped > 0
            ? new ZigBeeEventsLost($"{dropped} events went since nobody read them")
            : await _channel.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
    }
}
