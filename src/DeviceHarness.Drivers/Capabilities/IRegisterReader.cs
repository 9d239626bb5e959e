namespace DeviceHarness.Drivers.Capabilities;

/// <summary>A total register of a meter.</summary>
public enum RegisterQuantity
{
    /// <summary>Active energy imported, in Wh.</summary>
    ActiveEnergyImport,

    /// <summary>Reactive energy imported, in varh.</summary>
    ReactiveEnergyImport,
}

/// <summary>Reads total registers.</summary>
public interface IRegisterReader
{
    /// <summary>Reads a register.</summary>
    /// <param name="quantity">Which one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The whole number of Wh or varh; a fraction is cut off, as a display cuts it.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<long> ReadRegisterAsync(RegisterQuantity quantity, CancellationToken cancellationToken);
}
