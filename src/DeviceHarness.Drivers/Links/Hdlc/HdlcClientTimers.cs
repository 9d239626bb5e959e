using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Links.Hdlc;

/// <summary>What falls due when, on the client's end of a link. Instants count from any origin.</summary>
internal sealed class HdlcClientTimers(HdlcClientSettings settings)
{
    private TimeSpan? _deadline;
    private TimeSpan? _pollAt;
    private TimeSpan _giveUpAt;
    private TimeSpan _lastOctetAt;
    private LineRate? _rate;

    /// <summary>What an octet costs on the line.</summary>
    internal LineRate Rate
    {
        get => _rate ?? settings.Rate;
        set => _rate = value;
    }

    /// <summary>Nothing is awaited any more.</summary>
    internal void Stop()
    {
        _deadline = null;
        _pollAt = null;
    }

    /// <summary>Nothing is awaited yet, and a new order has all its time.</summary>
    internal void Restart()
    {
        Stop();
        Progress();
    }

    /// <summary>The exchange has got further: a busy server has all its time again.</summary>
    internal void Progress() => _giveUpAt = TimeSpan.MaxValue;

    /// <summary>An answer is awaited; it cannot begin before so many octets have passed the line.</summary>
    internal void Await(TimeSpan now, int octetsOut)
    {
        _pollAt = null;
        _deadline = now + settings.ResponseTimeout + Rate.TimeOf(octetsOut);
    }

    /// <summary>The server is to be asked again after a while, but not for ever.</summary>
    internal void PollLater(TimeSpan now)
    {
        if (_giveUpAt == TimeSpan.MaxValue)
        {
            _giveUpAt = now + settings.Patience;
        }

        _deadline = null;
        _pollAt = now + settings.PollInterval;
    }

    /// <summary>Octets came.</summary>
    internal void Heard(TimeSpan now) => _lastOctetAt = now;

    /// <summary>Whether the pause since the last octet ends a frame that was not whole.</summary>
    internal bool IsFrameDead(TimeSpan now) => now - _lastOctetAt >= settings.InterOctetTimeout;

    /// <summary>Whether the server is to be asked again now.</summary>
    internal bool IsPollDue(TimeSpan now) => _pollAt <= now;

    /// <summary>Whether a server that answers polls, and nothing else, has had all its time.</summary>
    internal bool IsGivenUp(TimeSpan now) => now >= _giveUpAt;

    /// <summary>Whether the answer that is awaited is late; a frame that has begun may end.</summary>
    internal bool IsLate(TimeSpan now, bool isInFrame) => (_deadline <= now && !isInFrame) || IsOverdue(now);

    /// <summary>Whether even a frame of the largest size, begun at the deadline, would have passed: a babbling line must not hold us
    /// for ever.</summary>
    internal bool IsOverdue(TimeSpan now) =>
        _deadline + settings.ResponseTimeout + Rate.TimeOf(HdlcFrameCodec.MaximumFrameOctets) <= now;

    /// <summary>When something falls due next; null when nothing is awaited.</summary>
    internal TimeSpan? Next(bool isInFrame)
    {
        TimeSpan? next = _pollAt ?? _deadline;
        if (next is not null && isInFrame)
        {
            TimeSpan frameDead = _lastOctetAt + settings.InterOctetTimeout;
            next = _pollAt is null || frameDead < next ? frameDead : next;
        }

        return next;
    }
}
