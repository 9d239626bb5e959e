namespace DeviceHarness.Agent.Service;

/// <summary>Carries out what is held for a later time when that time comes, whether or not anybody asks.</summary>
internal sealed class DueTurn : IAsyncDisposable
{
    // A timer takes no more than some weeks: what is due later is looked at again then.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset?> _next;
    private readonly Func<CancellationToken, Task> _carryOut;
    private readonly ITimer _timer;
    private Task _running = Task.CompletedTask;
    private bool _isOver;

    /// <summary>Waits for nothing yet.</summary>
    /// <param name="time">The clock of the bench.</param>
    /// <param name="next">When the next one is due; null when nothing is held.</param>
    /// <param name="carryOut">Carries out what is due; its faults are told to whoever asks for the answers.</param>
    public DueTurn(TimeProvider time, Func<DateTimeOffset?> next, Func<CancellationToken, Task> carryOut)
    {
        _time = time;
        _next = next;
        _carryOut = carryOut;
        _timer = time.CreateTimer(
            static turn => ((DueTurn)turn!).Begin(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ends with what is carried out now.</summary>
    internal Task Settled
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Something was held: its time may be the next.</summary>
    public void Arm()
    {
        lock (_gate)
        {
            if (!_isOver && _next() is { } due)
            {
                TimeSpan left = due - _time.GetUtcNow();
                _timer.Change(
                    left < TimeSpan.Zero ? TimeSpan.Zero : left < LongestWait ? left : LongestWait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate)
        {
            _isOver = true;
            running = _running;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        await _stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Begin()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _running = RunAsync(_running);
            }
        }
    }

    private async Task RunAsync(Task before)
    {
        await before.ConfigureAwait(false);
        try
        {
            // Not in the timer's own callback: a device may take its time.
            await Task.Yield();
            await _carryOut(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The bench closes: what is under way was told to have ended so.
            return;
        }

        Arm();
    }
}
