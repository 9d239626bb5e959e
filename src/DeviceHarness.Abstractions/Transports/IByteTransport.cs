namespace DeviceHarness.Abstractions.Transports;

/// <summary>An open way to send octets to one line and to receive octets from it.</summary>
/// <remarks>It never looks inside the octets. One reader and one writer at a time. Whoever opened it disposes of it;
/// disposing completes a pending read with a <see cref="Errors.TransportException"/>. Stamps are <see cref="System.Diagnostics.Stopwatch"/>
/// ticks.</remarks>
public interface IByteTransport : IAsyncDisposable
{
    /// <summary>The port as the rig file names it, for messages and evidence.</summary>
    string Name { get; }

    /// <summary>What an octet costs on this line.</summary>
    LineRate Rate { get; }

    /// <summary>Reads what is there, or waits for the first octet.</summary>
    /// <param name="target">Where the octets go; not empty.</param>
    /// <param name="timeout">How long to wait for the first octet; <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.</param>
    /// <param name="cancellationToken">Ends the wait; no octet is lost by it.</param>
    /// <returns>How many octets came and when; <see cref="TransportRead.TimedOut"/> when none did.</returns>
    /// <exception cref="Errors.TransportException">The port is gone or closed.</exception>
    ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Writes all octets and returns when the system has them.</summary>
    /// <param name="octets">What to send.</param>
    /// <param name="cancellationToken">Ends the write; what was already handed over stays sent.</param>
    /// <returns>When the write began and when the system had the last octet.</returns>
    /// <exception cref="Errors.TransportException">The port is gone, closed or does not drain.</exception>
    ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken);

    /// <summary>Throws away what was received and not read.</summary>
    void DiscardInput();

    /// <summary>Changes rate and octet form in mid-dialogue, after everything written has left; call it between a write and the next
    /// read.</summary>
    /// <param name="setting">What holds from now on.</param>
    /// <returns>False on a line that has neither, such as a connection: nothing was changed, and nothing can be.</returns>
    /// <exception cref="Errors.TransportException">The line cannot be set so, is gone or closed.</exception>
    bool TryChangeLine(LineSetting setting) => false;

    /// <summary>Makes sure that nothing which was sent before can still arrive: a connection is made anew, unless nothing passed it yet; a
    /// line without connections is only cleared of what was received and not read.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Errors.TransportException">The port is gone or closed, or there is no connection to be had.</exception>
    ValueTask RestartAsync(CancellationToken cancellationToken)
    {
        DiscardInput();
        return ValueTask.CompletedTask;
    }
}
