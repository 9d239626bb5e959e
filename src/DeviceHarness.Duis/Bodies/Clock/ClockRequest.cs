namespace DeviceHarness.Duis.Bodies.Clock;

/// <summary>A request that gives a device the time, within a tolerance: SRV 6.11 and 8.1.1.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, SynchroniseClock and CommissionDeviceSynchroniseClock. What the tolerance means to a SMETS1 device
/// is in no text that was reached: whoever carries the request out says how it reads it.</remarks>
public abstract record ClockRequest : SrvRequestBody
{
    /// <summary>The largest tolerance: one day, in seconds.</summary>
    public const int MaxTolerancePeriodSeconds = 86_400;

    /// <summary>Creates the request.</summary>
    /// <param name="currentDateTime">The time now, as the User's clock has it.</param>
    /// <param name="tolerancePeriodSeconds">How far the device's clock may be off, 0 to 86,400 s.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is out of range.</exception>
    protected ClockRequest(DateTimeOffset currentDateTime, int tolerancePeriodSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerancePeriodSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tolerancePeriodSeconds, MaxTolerancePeriodSeconds);
        CurrentDateTime = currentDateTime;
        TolerancePeriodSeconds = tolerancePeriodSeconds;
    }

    /// <summary>The time now, as the User's clock has it.</summary>
    public DateTimeOffset CurrentDateTime { get; }

    /// <summary>How far the device's clock may be off, 0 to 86,400 s.</summary>
    public int TolerancePeriodSeconds { get; }
}
