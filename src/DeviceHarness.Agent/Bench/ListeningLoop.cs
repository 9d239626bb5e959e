namespace DeviceHarness.Agent.Bench;

/// <summary>Listens to a device when octets are there, or now and then on a port that cannot tell, until it is told to stop or there is
/// nothing to listen to.</summary>
/// <remarks>What comes after a pause is taken in at once. Then the interval passes first: octets that nobody takes, or that a dialogue is
/// about to take, keep no processor busy.</remarks>
internal sealed class ListeningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    /// <summary>Begins to listen.</summary>
    /// <param name="listen">Listens once and returns at once; says whether to go on.</param>
    /// <param name="waitForInput">Waits until octets are there; null when nobody can tell.</param>
    /// <param name="interval">How long it pauses after each time.</param>
    /// <param name="time">The clock.</param>
    public ListeningLoop(
        Func<CancellationToken, Task<bool>> listen, Func<CancellationToken, Task>? waitForInput, TimeSpan interval, TimeProvider time)
    {
        CancellationToken stop = _stop.Token;
        _listening = Task.Run(() => RunAsync(listen, waitForInput, interval, time, stop), CancellationToken.None);
    }

    /// <summary>Ends it, and waits for a look that is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private static async Task RunAsync(
        Func<CancellationToken, Task<bool>> listen, Func<CancellationToken, Task>? waitForInput, TimeSpan interval, TimeProvider time,
        CancellationToken stop)
    {
        try
        {
            do
            {
                await Task.Delay(interval, time, stop).ConfigureAwait(false);
                await (waitForInput?.Invoke(stop) ?? Task.CompletedTask).ConfigureAwait(false);
            }
            while (await listen(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The port is closed, or the agent stops: that is how listening ends.
            return;
        }
    }
}
