namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The request of SRV 6.11: synchronise the device's clock with the given time, within a tolerance.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, SynchroniseClock.</remarks>
public sealed record SynchroniseClock : ClockRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="currentDateTime">The time now, as the User's clock has it.</param>
    /// <param name="tolerancePeriodSeconds">How far the device's clock may be off, 0 to 86,400 s.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    public SynchroniseClock(DateTimeOffset currentDateTime, int tolerancePeriodSeconds)
        : base(currentDateTime, tolerancePeriodSeconds)
    {
    }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "6.11";

    /// <inheritdoc/>
    public override string ElementName => "SynchroniseClock";
}
