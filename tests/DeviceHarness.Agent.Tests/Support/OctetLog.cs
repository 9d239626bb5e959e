using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A line that keeps what is written to it.</summary>
internal sealed class OctetLog(IByteTransport inner) : IByteTransport
{
    private readonly List<byte> _written = [];

    public string Name => inner.Name;

    public LineRate Rate => inner.Rate;

    /// <summary>Takes away what was written since this was asked last.</summary>
    public byte[] Take()
    {
        byte[] octets = [.. _written];
        _written.Clear();
        return octets;
    }

    public ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken) =>
        inner.ReadAsync(target, timeout, cancellationToken);

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        _written.AddRange(octets.ToArray());
        return inner.WriteAsync(octets, cancellationToken);
    }

    public void DiscardInput() => inner.DiscardInput();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
