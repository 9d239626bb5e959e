namespace DeviceHarness.Drivers.Links;

/// <summary>A link that carries one APDU to a device and its answer back, whatever is below it.</summary>
public interface IApduLink
{
    /// <summary>The port, for messages.</summary>
    string Port { get; }

    /// <summary>Sends an APDU and waits for its answer.</summary>
    /// <param name="apdu">The APDU; it must not change until this completes.</param>
    /// <param name="cancellationToken">Ends the wait; the link is then down.</param>
    /// <returns>The answer; valid until the next exchange.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The link failed, see its implementation.</exception>
    ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken);
}
