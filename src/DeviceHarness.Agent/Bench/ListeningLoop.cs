namespace DeviceHarness.Agent.Bench;

/// <summary>Listens to a device now and then, until it is told to stop or there is nothing to listen to.</summary>
internal sealed class ListeningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    /// <summary>Begins to listen.</summary>
    /// <param name="listen">Listens once and returns at once; says whether to go on.</param>
    /// <param name="interval">How often.</param>
    /// <param name="time">The clock.</param>
    public ListeningLoop(Func<CancellationToken, Task<bool>> listen, TimeSpan interval, TimeProvider time)
    {
        CancellationToken stop = _stop.Token;
        _listening = Task.Run(() => RunAsync(listen, interval, time, stop), CancellationToken.None);
    }

    /// <summary>Ends it, and waits for a look that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private static async Task RunAsync(
        Func<CancellationToken, Task<bool>> listen, TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        using PeriodicTimer timer = new(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false) && await listen(stop).ConfigureAwait(false))
            {
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The port is closed, or the agent stops: that is how listening ends.
            return;
        }
    }
}
