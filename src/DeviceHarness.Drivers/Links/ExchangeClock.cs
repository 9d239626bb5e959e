using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Drivers.Links;

/// <summary>Splits the time of exchanges into line and device time, by arithmetic that anyone can repeat from the recorded
/// stamps.</summary>
/// <remarks>Per exchange: t0 = write begins, t1 = first octet read. Line = octets both ways at the line's rate; device = t1 - t0 -
/// line time of the request - one octet, not below zero. A request that nothing answered counts as device time until the next one: the
/// device let us wait.</remarks>
public sealed class ExchangeClock
{
    private LineRate _rate;
    private long _written;
    private long _firstRead;
    private int _octetsOut;
    private int _octetsIn;
    private bool _isOpen;

    /// <summary>The time that octets occupied the line.</summary>
    public TimeSpan Line { get; private set; }

    /// <summary>The device's time to answer.</summary>
    public TimeSpan Device { get; private set; }

    /// <summary>The exchanges in which something came back.</summary>
    public int Exchanges { get; private set; }

    /// <summary>Starts from zero.</summary>
    /// <param name="rate">What an octet costs on the line.</param>
    public void Restart(LineRate rate)
    {
        _rate = rate;
        _isOpen = false;
        Line = TimeSpan.Zero;
        Device = TimeSpan.Zero;
        Exchanges = 0;
    }

    /// <summary>A request went out; the exchange before it ends.</summary>
    /// <param name="stamp">When the write began (Stopwatch ticks).</param>
    /// <param name="octets">How many octets it has.</param>
    public void Written(long stamp, int octets)
    {
        Close(stamp);
        _isOpen = true;
        _written = stamp;
        _octetsOut = octets;
        _octetsIn = 0;
    }

    /// <summary>Octets came in.</summary>
    /// <param name="stamp">When they were read (Stopwatch ticks).</param>
    /// <param name="octets">How many.</param>
    public void Read(long stamp, int octets)
    {
        if (_isOpen && _octetsIn == 0)
        {
            _firstRead = stamp;
        }

        _octetsIn += octets;
    }

    /// <summary>Ends the last exchange.</summary>
    /// <param name="stamp">The present instant (Stopwatch ticks).</param>
    public void Close(long stamp)
    {
        if (!_isOpen)
        {
            return;
        }

        _isOpen = false;
        Line += _rate.TimeOf(_octetsOut + _octetsIn);
        bool isAnswered = _octetsIn > 0;
        TimeSpan wait = Stopwatch.GetElapsedTime(_written, isAnswered ? _firstRead : stamp);
        TimeSpan device = wait - _rate.TimeOf(_octetsOut) - (isAnswered ? _rate.TimeOf(1) : TimeSpan.Zero);
        Device += device > TimeSpan.Zero ? device : TimeSpan.Zero;
        Exchanges += isAnswered ? 1 : 0;
    }
}
