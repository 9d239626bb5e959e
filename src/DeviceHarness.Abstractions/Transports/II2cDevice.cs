namespace DeviceHarness.Abstractions.Transports;

/// <summary>One device at an I2C bus. Safe for use from any thread; transfers follow one another.</summary>
public interface II2cDevice : IDisposable
{
    /// <summary>Where it is, for messages: bus and address.</summary>
    string Name { get; }

    /// <summary>Writes octets and reads octets in one transfer, with a repeated start between them.</summary>
    /// <param name="written">What is written first; not empty.</param>
    /// <param name="read">What is filled by reading; empty for a transfer that only writes.</param>
    /// <exception cref="Errors.TransportException">Nothing acknowledges the address, or the bus fails.</exception>
    void Transfer(ReadOnlySpan<byte> written, Span<byte> read);
}
