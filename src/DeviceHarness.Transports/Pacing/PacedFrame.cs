using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Pacing;

/// <summary>The schedule of one run of octets on a line: when each is due, as Stopwatch ticks.</summary>
internal readonly struct PacedFrame
{
    private readonly double _octetTicks;
    private readonly long _leadTicks;
    private readonly int _chunkOctets;

    /// <summary>Plans a run of octets.</summary>
    /// <param name="start">When the first start bit goes onto the line.</param>
    /// <param name="octets">How many octets follow each other.</param>
    /// <param name="rate">The line's rate; without one everything is due at once.</param>
    /// <param name="settings">Pieces and lead.</param>
    internal PacedFrame(long start, int octets, LineRate rate, PacingSettings settings)
    {
        Start = start;
        Octets = octets;
        _octetTicks = rate.Baud == 0 ? 0 : (double)Stopwatch.Frequency * rate.BitsPerOctet / rate.Baud;
        _chunkOctets = _octetTicks == 0 ? octets : Math.Max(1, (int)(MonotonicClock.Ticks(settings.Chunk) / _octetTicks));
        bool isShort = octets * _octetTicks < MonotonicClock.Ticks(settings.ShortFrame);
        _leadTicks = isShort ? MonotonicClock.Ticks(settings.Lead) : 0;
    }

    internal long Start { get; }

    internal int Octets { get; }

    /// <summary>When the last stop bit has left the line.</summary>
    internal long End => Start + (long)(Octets * _octetTicks);

    /// <summary>When the piece after so many octets is due: the next chunk's end, and the frame's end for the last one.</summary>
    internal long NextDeadline(int released)
    {
        int next = Math.Min(released + _chunkOctets, Octets);
        return Start + (long)(next * _octetTicks) - (next == Octets ? _leadTicks : 0);
    }

    /// <summary>How many octets are due at an instant.</summary>
    internal int DueBy(long now) =>
        now >= End - _leadTicks ? Octets : Math.Clamp((int)((now - Start + 1) / _octetTicks), 0, Octets);
}
