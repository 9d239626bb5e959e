namespace DeviceHarness.Virtual.Esme;

/// <summary>The meter's own clock: runs with the monotonic clock of a <see cref="TimeProvider"/>, and can be set.</summary>
/// <remarks>Setting it never moves the time by which energy is integrated (<see cref="Elapsed"/>). Time is UTC, to the hundredth of a
/// second on the wire.
/// Not safe for use from several threads.</remarks>
public sealed class MeterClock
{
    /// <summary>The largest shift of one shift_time, in seconds either way.</summary>
    public const int MaximumShiftSeconds = 900;

    private const int Millionths = 1_000_000;
    private static readonly DateTimeOffset TimeAfterLoss = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _start;
    private readonly long _driftPartsPerMillion;
    private TimeSpan _offset;
    private DateTimeOffset _setAt;

    /// <summary>Creates the clock.</summary>
    /// <param name="timeProvider">What makes it run.</param>
    /// <param name="offset">How far it is ahead (behind when negative) at the start.</param>
    /// <param name="isValid">False when the meter lost its time; it says so until it is set.</param>
    /// <param name="driftPartsPerMillion">How much too fast it runs (too slow when negative), in millionths.</param>
    public MeterClock(TimeProvider timeProvider, TimeSpan offset, bool isValid, int driftPartsPerMillion = 0)
    {
        _driftPartsPerMillion = driftPartsPerMillion;
        _timeProvider = timeProvider;
        _startTimestamp = timeProvider.GetTimestamp();
        _start = timeProvider.GetUtcNow();
        _setAt = _start;
        _offset = offset;
        IsValid = isValid;
    }

    /// <summary>The time since the meter started, which nothing can set.</summary>
    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_startTimestamp);

    /// <summary>True time: the start plus <see cref="Elapsed"/>; energy is integrated over it.</summary>
    public DateTimeOffset TrueTime => _start + Elapsed;

    /// <summary>What the meter believes the time to be, UTC.</summary>
    public DateTimeOffset Now => TimeAt(TrueTime);

    /// <summary>How far the meter's time is ahead of true time.</summary>
    public TimeSpan Offset => OffsetAt(TrueTime);

    /// <summary>Whether the meter trusts its time.</summary>
    public bool IsValid { get; private set; }

    /// <summary>What the meter believed, or will believe, the time to be at a moment since it was set last.</summary>
    /// <param name="trueTime">The moment, true time.</param>
    public DateTimeOffset TimeAt(DateTimeOffset trueTime) => trueTime + OffsetAt(trueTime);

    /// <summary>The first moment at which the meter shows a time, or has passed it.</summary>
    /// <param name="time">The time, by the meter's clock.</param>
    /// <returns>True time.</returns>
    public DateTimeOffset TrueTimeOf(DateTimeOffset time)
    {
        if (_driftPartsPerMillion == 0)
        {
            return time - _offset;
        }

        long sinceSet = (time - _setAt - _offset).Ticks;
        DateTimeOffset moment = _setAt.AddTicks((long)((Int128)sinceSet * Millionths / (Millionths + _driftPartsPerMillion)));
        while (TimeAt(moment) < time)
        {
            moment = moment.AddTicks(1);
        }

        return moment;
    }

    /// <summary>Sets the clock; from now on it is valid.</summary>
    public void Set(DateTimeOffset time)
    {
        _setAt = TrueTime;
        _offset = time.ToUniversalTime() - _setAt;
        IsValid = true;
    }

    /// <summary>The clock lost its time: it starts at the beginning of 2000 and says so until it is set.</summary>
    public void Lose()
    {
        _setAt = TrueTime;
        _offset = TimeAfterLoss - _setAt;
        IsValid = false;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    /// <param name="offset">How far the time was ahead.</param>
    /// <param name="isValid">Whether the meter trusted it.</param>
    /// <param name="keptAt">When, true time: it drifted since.</param>
    public void Restore(TimeSpan offset, bool isValid, DateTimeOffset keptAt)
    {
        _setAt = keptAt;
        _offset = offset;
        IsValid = isValid;
    }

    /// <summary>Shifts the clock.</summary>
    /// <param name="by">The shift, at most 900 s either way.</param>
    public void Shift(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(by.Duration(), TimeSpan.FromSeconds(MaximumShiftSeconds));
        _offset += by;
    }

    private TimeSpan OffsetAt(DateTimeOffset trueTime) => _driftPartsPerMillion == 0 ? _offset
        : _offset + new TimeSpan((long)((Int128)(trueTime - _setAt).Ticks * _driftPartsPerMillion / Millionths));
}
