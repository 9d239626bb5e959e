namespace DeviceHarness.Virtual.ZigBee.Radio;

/// <summary>The time of the radio as a device on it lives by it: what is done at a moment sees that moment, also when the host of the
/// radio came late or jumped.</summary>
/// <param name="radio">The radio.</param>
/// <param name="start">The moment at which its time was zero, UTC.</param>
internal sealed class RadioClock(SimulatedRadio radio, DateTimeOffset start) : TimeProvider
{
    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => radio.Now.Ticks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + radio.Now;
}
