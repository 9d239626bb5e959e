using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Agent.Clock;

/// <summary>A line of a scaled bench: octets either way tell the clock to run with real time.</summary>
internal sealed class HeedingTransport(IByteTransport inner, Action onOctets) : IByteTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public LineRate Rate => inner.Rate;

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TransportRead read = await inner.ReadAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        if (!read.TimedOut)
        {
            onOctets();
        }

        return read;
    }

    /// <inheritdoc/>
    public async ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        onOctets();
        TransportWrite write = await inner.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
        onOctets();
        return write;
    }

    /// <inheritdoc/>
    public void DiscardInput() => inner.DiscardInput();

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting) => inner.TryChangeLine(setting);

    /// <inheritdoc/>
    public ValueTask RestartAsync(CancellationToken cancellationToken) => inner.RestartAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
