using System.Collections.Concurrent;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The system's clock, except that waits of one certain length end only when the test says so.</summary>
internal sealed class HeldTimeProvider(TimeSpan held) : TimeProvider
{
    private readonly ConcurrentQueue<Action> _waits = new();

    public SemaphoreSlim Reached { get; } = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != held)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        _waits.Enqueue(() => callback(state));
        Reached.Release();
        return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends the oldest wait.</summary>
    public void Release()
    {
        if (!_waits.TryDequeue(out Action? wait))
        {
            throw new InvalidOperationException("nothing waits");
        }

        wait();
    }
}
