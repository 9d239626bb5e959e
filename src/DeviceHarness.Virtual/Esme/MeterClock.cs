namespace DeviceHarness.Virtual.Esme;

/// <summary>The meter's own clock: runs with the monotonic clock of a <see cref="TimeProvider"/>, and can be set.</summary>
/// <remarks>Setting it never moves the time by which energy is integrated (<see cref="Elapsed"/>). Time is UTC, to the hundredth of a
/// second on the wire.
/// Not safe for use from several threads.</remarks>
public sealed class MeterClock
{
    /// <summary>The largest shift of one shift_time, in seconds either way.</summary>
    public const int MaximumShiftSeconds = 900;

    private static readonly DateTimeOffset TimeAfterLoss = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeProvider _timeProvider;
    private readonly long _startTimestamp;
    private readonly DateTimeOffset _start;
    private TimeSpan _offset;

    /// <summary>Creates the clock.</summary>
    /// <param name="timeProvider">What makes it run.</param>
    /// <param name="offset">How far it is ahead (behind when negative) at the start.</param>
    /// <param name="isValid">False when the meter lost its time; it says so until it is set.</param>
    public MeterClock(TimeProvider timeProvider, TimeSpan offset, bool isValid)
    {
        _timeProvider = timeProvider;
        _startTimestamp = timeProvider.GetTimestamp();
        _start = timeProvider.GetUtcNow();
        _offset = offset;
        IsValid = isValid;
    }

    /// <summary>The time since the meter started, which nothing can set.</summary>
    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_startTimestamp);

    /// <summary>True time: the start plus <see cref="Elapsed"/>; energy is integrated over it.</summary>
    public DateTimeOffset TrueTime => _start + Elapsed;

    /// <summary>What the meter believes the time to be, UTC.</summary>
    public DateTimeOffset Now => TrueTime + _offset;

    /// <summary>How far the meter's time is ahead of true time.</summary>
    public TimeSpan Offset => _offset;

    /// <summary>Whether the meter trusts its time.</summary>
    public bool IsValid { get; private set; }

    /// <summary>Sets the clock; from now on it is valid.</summary>
    public void Set(DateTimeOffset time)
    {
        _offset = time.ToUniversalTime() - TrueTime;
        IsValid = true;
    }

    /// <summary>The clock lost its time: it starts at the beginning of 2000 and says so until it is set.</summary>
    public void Lose()
    {
        _offset = TimeAfterLoss - TrueTime;
        IsValid = false;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    /// <param name="offset">How far the time was ahead.</param>
    /// <param name="isValid">Whether the meter trusted it.</param>
    public void Restore(TimeSpan offset, bool isValid)
    {
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
}
