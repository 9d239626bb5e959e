using DeviceHarness.TestKit;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The clock of a driver on a <see cref="DirectLine"/>: whatever it waits for passes at once, with all that falls due on the way.
/// </summary>
internal sealed class DirectClock(ManualTimeProvider clock, DirectLine line) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    /// <summary>A timer that fires once: a driver has no other.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Passing timer = new(() => callback(state));
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _ = Task.Run(() => timer.PassAsync(line, dueTime));
        }

        return timer;
    }

    private sealed class Passing(Action fire) : ITimer
    {
        private volatile bool _isOver;

        public async Task PassAsync(DirectLine line, TimeSpan time)
        {
            await line.PassAsync(time);
            if (!_isOver)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException("a driver changes no timer");

        public void Dispose() => _isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
