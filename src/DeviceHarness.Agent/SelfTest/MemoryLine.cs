using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A virtual device at the end of no line at all: what is written is answered at once.</summary>
/// <param name="device">The device.</param>
internal abstract class MemoryLine(ILineDevice device) : IByteTransport
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _answered = new();

    /// <inheritdoc/>
    public string Name => device.Name;

    /// <inheritdoc/>
    public LineRate Rate => LineRate.None;

    /// <summary>How long until the device has to act by itself; infinite when it does not.</summary>
    public TimeSpan TimeToNextStep => device.TimeToNextStep;

    /// <summary>Whether the device said what nobody has read.</summary>
    protected bool HasAnswered
    {
        get
        {
            lock (_gate)
            {
                return _answered.Count > 0;
            }
        }
    }

    /// <summary>The port is opened: the device's end of the link begins anew.</summary>
    public IByteTransport Open()
    {
        device.ResetLink();
        DiscardInput();
        return this;
    }

    /// <summary>The device does what has fallen due.</summary>
    public void Act() => Step([]);

    /// <inheritdoc/>
    public abstract ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long stamp = Stopwatch.GetTimestamp();
        Step(octets.Span);
        return new ValueTask<TransportWrite>(new TransportWrite(stamp, stamp));
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        lock (_gate)
        {
            _answered.Clear();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>What the device said, as much as there is room for.</summary>
    /// <param name="target">Where it goes.</param>
    protected TransportRead Take(Span<byte> target)
    {
        lock (_gate)
        {
            int count = 0;
            while (count < target.Length && _answered.TryDequeue(out byte octet))
            {
                target[count++] = octet;
            }

            return new TransportRead(count, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The device was given something, or time, and may have said something.</summary>
    protected abstract void OnStep();

    private void Step(ReadOnlySpan<byte> octets)
    {
        lock (_gate)
        {
            foreach (byte octet in device.Step(octets).Span)
            {
                _answered.Enqueue(octet);
            }
        }

        OnStep();
    }
}
