using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The clock of a device that has nothing to do when it is set; it does not know the time before.</summary>
/// <param name="timeProvider">What makes it run.</param>
internal sealed class HanClock(TimeProvider timeProvider) : IHanClock
{
    private readonly MeterClock _clock = new(timeProvider, TimeSpan.Zero, isValid: false);

    /// <inheritdoc/>
    public DateTimeOffset Now => _clock.Now;

    /// <inheritdoc/>
    public bool IsClockValid => _clock.IsValid;

    /// <inheritdoc/>
    public void SetClock(DateTimeOffset time) => _clock.Set(time);
}
