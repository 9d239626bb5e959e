using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A line that loses all that comes from some moment on; what is sent still arrives.</summary>
internal sealed class AnswerCutter(IByteTransport inner) : IByteTransport
{
    private int _left = int.MaxValue;

    /// <summary>How often something came.</summary>
    public int Passed { get; private set; }

    public string Name => inner.Name;

    public LineRate Rate => inner.Rate;

    /// <summary>Lets so many answers pass, and then none.</summary>
    public void CutAfter(int answers) => _left = answers;

    /// <summary>Lets all pass again.</summary>
    public void Mend() => _left = int.MaxValue;

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            TransportRead read = await inner.ReadAsync(target, timeout, cancellationToken);
            if (read.Count == 0)
            {
                return read;
            }

            if (_left > 0)
            {
                _left -= _left == int.MaxValue ? 0 : 1;
                Passed++;
                return read;
            }
        }
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        inner.WriteAsync(octets, cancellationToken);

    public void DiscardInput() => inner.DiscardInput();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
