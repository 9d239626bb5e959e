using System.Diagnostics;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Esme;

/// <summary>The time of one service request: what connecting took, and the rest.</summary>
internal sealed class RequestTiming
{
    private long _started = Stopwatch.GetTimestamp();
    private TimeSpan _connect;

    /// <summary>Whether the association is still the one that was open when the request came.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>Link and association are up: what follows is the request itself.</summary>
    /// <param name="connectStarted">When connecting began (Stopwatch ticks).</param>
    internal void Connected(long connectStarted)
    {
        _connect += Stopwatch.GetElapsedTime(connectStarted);
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>Splits the time since then. Nobody waits for the device here: the caller holds it.</summary>
    internal LatencySplit Split(ExchangeClock clock, TimeSpan adapterLatency)
    {
        TimeSpan total = Stopwatch.GetElapsedTime(_started);
        TimeSpan host = total - clock.Line - clock.Device;
        return new LatencySplit(
            Queue: TimeSpan.Zero,
            Host: host > TimeSpan.Zero ? host : TimeSpan.Zero,
            clock.Line,
            clock.Device,
            _connect,
            clock.Exchanges,
            IsOpen,
            adapterLatency * clock.Exchanges);
    }
}
