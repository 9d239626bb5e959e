using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Agent.Tests.Firmware;

/// <summary>A line that cuts its meter's power when a given block of an image passes, and restores it when the client looks for the
/// meter again.</summary>
internal sealed class CuttingTransport(IByteTransport inner, VirtualEsme meter, ISet<int> blocks, bool cutsBefore) : IByteTransport
{
    private const int SnrmControlOffset = 5;
    private const byte Snrm = 0x93;

    /// <summary>ACTION, class 18, the image transfer object, method 2, parameter follows, structure of two, block number.</summary>
    private static readonly byte[] Block = [0x00, 0x12, 0x00, 0x00, 0x2C, 0x00, 0x00, 0xFF, 0x02, 0x01, 0x02, 0x02, 0x06];

    private bool _cutsAfterAnswer;

    public string Name => inner.Name;

    public LineRate Rate => inner.Rate;

    /// <summary>How often the power was cut.</summary>
    public int Cuts { get; private set; }

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TransportRead read = await inner.ReadAsync(target, timeout, cancellationToken);
        if (_cutsAfterAnswer && read.Count > 0)
        {
            // What the meter answered is lost with its power: the client sees noise and then nothing.
            _cutsAfterAnswer = false;
            Cut();
            target.Span[..read.Count].Clear();
        }

        return read;
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        ReadOnlySpan<byte> frame = octets.Span;
        int found = frame.IndexOf(Block);
        if (found >= 0 && blocks.Remove((frame[found + Block.Length + 2] << 8) | frame[found + Block.Length + 3]))
        {
            if (cutsBefore)
            {
                Cut();
            }
            else
            {
                _cutsAfterAnswer = true;
            }
        }

        if (!meter.IsRunning && frame.Length > SnrmControlOffset && frame[SnrmControlOffset] == Snrm)
        {
            meter.PowerOn();
        }

        return inner.WriteAsync(octets, cancellationToken);
    }

    public void DiscardInput() => inner.DiscardInput();

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private void Cut()
    {
        meter.PowerOff();
        Cuts++;
    }
}
