namespace DeviceHarness.Drivers.Capabilities;

/// <summary>What a device says about its time.</summary>
/// <param name="Time">Its time; null when it has none.</param>
/// <param name="IsInvalid">Whether it calls its time invalid, or gives none.</param>
/// <param name="IsDoubtful">Whether it calls its time doubtful, or its time base or status questionable.</param>
public readonly record struct ClockReading(DateTimeOffset? Time, bool IsInvalid, bool IsDoubtful);

/// <summary>Reads and sets the clock of a device.</summary>
public interface IDeviceClock
{
    /// <summary>Reads the clock.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<ClockReading> ReadTimeAsync(CancellationToken cancellationToken);

    /// <summary>Sets the clock.</summary>
    /// <param name="time">The time; sent as UTC with a resolution of 10 ms.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask SetTimeAsync(DateTimeOffset time, CancellationToken cancellationToken);
}
