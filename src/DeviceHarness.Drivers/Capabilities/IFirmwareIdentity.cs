namespace DeviceHarness.Drivers.Capabilities;

/// <summary>Tells which firmware runs.</summary>
public interface IFirmwareIdentity
{
    /// <summary>Reads the version of the firmware that runs.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The version: as text when the device gives printable ASCII, otherwise as hexadecimal octets.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    ValueTask<string> ReadActiveVersionAsync(CancellationToken cancellationToken);
}
