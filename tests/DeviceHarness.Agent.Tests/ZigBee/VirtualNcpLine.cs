using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Virtual.ZigBee;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>A line in memory to a virtual adapter: what is written it takes at once, what it says it says when it is read.</summary>
internal sealed class VirtualNcpLine(VirtualNcp ncp) : IByteTransport
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _toHost = new();
    private TaskCompletionSource _changed = NewSignal();
    private string? _gone;

    public string Name => "zigbee";

    public LineRate Rate => LineRate.None;

    /// <summary>Plugged in, as the adapter is.</summary>
    public IByteTransport Open()
    {
        lock (_gate)
        {
            _gone = null;
            _toHost.Clear();
            return this;
        }
    }

    public void Unplug() => Leave("unplugged");

    public async ValueTask<TransportRead> ReadAsync(Memory<byte> target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            Task changed;
            TimeSpan left = timeout - Stopwatch.GetElapsedTime(started);
            lock (_gate)
            {
                ThrowIfGone();
                Put(ncp.Step([]));
                int count = 0;
                while (count < target.Length && _toHost.TryDequeue(out byte octet))
                {
                    target.Span[count++] = octet;
                }

                if (count > 0 || left <= TimeSpan.Zero)
                {
                    return new TransportRead(count, Stopwatch.GetTimestamp());
                }

                // Minus one millisecond is for ever: taken for a time, it kept this loop and the lock busy until something was due.
                TimeSpan step = ncp.TimeToNextStep;
                left = step != Timeout.InfiniteTimeSpan && step < left ? step : left;
                changed = _changed.Task;
            }

            // Away from the few threads of the test runner: tests that compute for seconds would keep the adapter from answering.
            await Task.WhenAny(changed, Task.Delay(left < TimeSpan.Zero ? TimeSpan.Zero : left, TimeProvider.System, cancellationToken))
                .ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public ValueTask<TransportWrite> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfGone();
            Put(ncp.Step(octets.Span));
            Signal();
        }

        return new(new TransportWrite(Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp()));
    }

    public void DiscardInput()
    {
        lock (_gate)
        {
            _toHost.Clear();
        }
    }

    public ValueTask DisposeAsync()
    {
        Leave("closed");
        return ValueTask.CompletedTask;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Leave(string reason)
    {
        lock (_gate)
        {
            _gone ??= reason;
            Signal();
        }
    }

    private void Put(ReadOnlyMemory<byte> octets)
    {
        foreach (byte octet in octets.Span)
        {
            _toHost.Enqueue(octet);
        }
    }

    private void Signal()
    {
        TaskCompletionSource changed = _changed;
        _changed = NewSignal();
        changed.TrySetResult();
    }

    private void ThrowIfGone()
    {
        if (_gone is not null)
        {
            throw new TransportException("TRAN-004", $"zigbee: the port is gone ({_gone})", Name);
        }
    }
}
