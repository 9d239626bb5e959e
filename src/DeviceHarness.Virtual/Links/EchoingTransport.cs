using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Virtual.Links;

/// <summary>The device's end of a line whose optical head gives the client back every octet that it sends.</summary>
/// <remarks>The echo leaves before the device reads what came, as the light of a head does; put it inside of what paces the line. It takes
/// the inner transport over and disposes of it.</remarks>
public sealed class EchoingTransport(IByteTransport inner) : IByteTransport
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public LineRate Rate => inner.Rate;

    /// <inheritdoc/>
    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TransportRead read = await inner.ReadAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        if (read.Count > 0)
        {
            await inner.WriteAsync(target[..read.Count], cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        inner.WriteAsync(octets, cancellationToken);

    /// <inheritdoc/>
    public void DiscardInput() => inner.DiscardInput();

    /// <inheritdoc/>
    public bool TryChangeLine(LineSetting setting) => inner.TryChangeLine(setting);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
