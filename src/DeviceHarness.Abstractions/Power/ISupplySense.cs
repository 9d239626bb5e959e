namespace DeviceHarness.Abstractions.Power;

/// <summary>The inputs of a bench that see the supply of its devices, each wired to the terminal itself. Safe for use from any
/// thread.</summary>
/// <remarks>An input never knows what a relay was told: it tells what is there. A broken one is a
/// <see cref="Errors.TransportException"/>, the bench's fault and never the device's.</remarks>
public interface ISupplySense
{
    /// <summary>Whether the bench has an input at a point.</summary>
    /// <param name="point">The point.</param>
    bool Has(SupplyPoint point);

    /// <summary>Reads an input.</summary>
    /// <param name="point">A point that the bench has an input at.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.TransportException">The input is missing or broken.</exception>
    Task<SupplyReading> ReadAsync(SupplyPoint point, CancellationToken cancellationToken);

    /// <summary>Waits until an input saw a change, or for some time.</summary>
    /// <param name="point">A point that the bench has an input at.</param>
    /// <param name="sequence">The number of the last change that is known.</param>
    /// <param name="atMost">How long to wait at most; it may be less.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.TransportException">The input is missing or broken.</exception>
    Task WaitAsync(SupplyPoint point, long sequence, TimeSpan atMost, CancellationToken cancellationToken);
}
