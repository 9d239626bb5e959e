namespace DeviceHarness.Drivers.Han;

/// <summary>Work that goes on beside the network's loop: bounded, and waited for at the end.</summary>
internal sealed class HanTasks(int capacity) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;

    /// <summary>Begins a piece of work; false when there is no room for it, or all ends.</summary>
    /// <param name="work">The work: it throws nothing but the cancellation that it was given.</param>
    internal bool TryRun(Func<CancellationToken, Task> work)
    {
        lock (_gate)
        {
            if (_isClosed || _running.Count >= capacity)
            {
                return false;
            }
        }

        Task task = RunAsync(work);
        lock (_gate)
        {
            _running.Add(task);
        }

        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return true;
    }

    /// <summary>Ends all work.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] left;
        lock (_gate)
        {
            _isClosed = true;
            left = [.. _running];
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(left).ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // Ended with the network: nobody waits for it.
        }
    }

    private void Forget(Task task)
    {
        lock (_gate)
        {
            _running.Remove(task);
        }
    }
}
