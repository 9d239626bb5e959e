using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>A device at the end of no line at all: what is written is answered at once, and a time-out takes no time but the clock's. One
/// thread moves everything, so that a run is the same each time.</summary>
internal sealed class DirectLine(ILineDevice device, ManualTimeProvider clock) : IByteTransport
{
    // Whoever reads has what came within so long; no time-out of the driver is shorter.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    private readonly Queue<byte> _answered = new();
    private readonly List<(TimeSpan At, Func<Task> Act)> _due = [];

    public string Name => device.Name;

    public LineRate Rate => default;

    private TimeSpan Now => clock.GetElapsedTime(0);

    /// <summary>Has something done once the clock has come so far, before anything else happens then.</summary>
    public void After(TimeSpan time, Func<Task> act) => _due.Add((Now + time, act));

    /// <summary>Lets time pass: what falls due happens in order.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        TimeSpan end = Now + time;
        while (true)
        {
            (TimeSpan At, Func<Task> Act)? act = _due.Count == 0 ? null : _due.MinBy(item => item.At);
            TimeSpan step = device.TimeToNextStep;
            TimeSpan next = step == Timeout.InfiniteTimeSpan || Now + step > end ? end : Now + step;
            if (act is { } due && due.At <= next)
            {
                clock.Advance(due.At > Now ? due.At - Now : TimeSpan.Zero);
                _due.Remove(due);
                await due.Act();
                continue;
            }

            clock.Advance(next - Now);
            Take(device.Step([]));
            if (Now == end && device.TimeToNextStep != TimeSpan.Zero)
            {
                return;
            }
        }
    }

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TimeSpan end = Now + timeout;
        await PassAsync(TimeSpan.Zero);
        while (_answered.Count == 0 && Now < end)
        {
            TimeSpan left = end - Now;
            await PassAsync(left < Slice ? left : Slice);
        }

        int count = 0;
        while (count < target.Length && _answered.TryDequeue(out byte octet))
        {
            target.Span[count++] = octet;
        }

        return new TransportRead(count, Stopwatch.GetTimestamp());
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        long stamp = Stopwatch.GetTimestamp();
        Take(device.Step(octets.Span));
        return new ValueTask<TransportWrite>(new TransportWrite(stamp, stamp));
    }

    public void DiscardInput() => _answered.Clear();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Take(ReadOnlyMemory<byte> octets)
    {
        foreach (byte octet in octets.Span)
        {
            _answered.Enqueue(octet);
        }
    }
}
