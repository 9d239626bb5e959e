namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>The request of SRV 8.1.1: commission the device, which gives its clock the time, within a tolerance.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, CommissionDeviceSynchroniseClock.</remarks>
public sealed record CommissionDeviceSynchroniseClock : ClockRequest
{
    /// <summary>Creates the request.</summary>
    /// <param name="currentDateTime">The time now, as the User's clock has it.</param>
    /// <param name="tolerancePeriodSeconds">How far the device's clock may be off, 0 to 86,400 s.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    public CommissionDeviceSynchroniseClock(DateTimeOffset currentDateTime, int tolerancePeriodSeconds)
        : base(currentDateTime, tolerancePeriodSeconds)
    {
    }

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "8.1.1";

    /// <inheritdoc/>
    public override string ElementName => "CommissionDeviceSynchroniseClock";
}
