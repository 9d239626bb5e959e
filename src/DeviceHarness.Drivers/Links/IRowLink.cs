namespace DeviceHarness.Drivers.Links;

/// <summary>A link on which several APDUs may go one way before one comes back, as the rows of general block transfer do.</summary>
public interface IRowLink : IApduLink
{
    /// <summary>Sends an APDU that asks for no answer, and waits until the link below has taken it.</summary>
    /// <param name="apdu">The APDU; it must not change until this completes.</param>
    /// <param name="cancellationToken">Ends the wait; the link is then down.</param>
    /// <returns>What the device answered all the same, valid until the next order; empty when it answered nothing.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The link failed, see its implementation.</exception>
    ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> apdu, CancellationToken cancellationToken);

    /// <summary>Waits for an APDU that follows the one that came last, without asking for it anew.</summary>
    /// <param name="cancellationToken">Ends the wait; the link is then down.</param>
    /// <returns>The APDU, valid until the next order; empty when the link stands and none came in all its time.</returns>
    /// <exception cref="Abstractions.Errors.HarnessException">The link failed, see its implementation.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken);
}
