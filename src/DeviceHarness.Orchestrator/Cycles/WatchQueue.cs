namespace DeviceHarness.Orchestrator.Cycles;

/// <summary>The news that wait for one watcher. Bounded: when it is full everything goes, and the watcher is told to take a new
/// snapshot.</summary>
/// <remarks>Offered from any thread without waiting; taken by one reader.</remarks>
internal sealed class WatchQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<CycleNews> _waiting = new();
    private TaskCompletionSource _signal = NewSignal();
    private bool _isOverrun;

    /// <summary>Adds news, or drops all when there is no room.</summary>
    public void Offer(CycleNews news)
    {
        lock (_gate)
        {
            if (_isOverrun)
            {
                return;
            }

            if (_waiting.Count == limit)
            {
                _waiting.Clear();
                _isOverrun = true;
            }
            else
            {
                _waiting.Enqueue(news);
            }

            _signal.TrySetResult();
        }
    }

    /// <summary>Takes the oldest news, or <see cref="ResyncNews"/> when news were dropped.</summary>
    public async ValueTask<CycleNews> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_isOverrun)
                {
                    _isOverrun = false;
                    return new ResyncNews();
                }

                if (_waiting.TryDequeue(out CycleNews? news))
                {
                    return news;
                }

                if (_signal.Task.IsCompleted)
                {
                    _signal = NewSignal();
                }

                more = _signal.Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
