namespace DeviceHarness.Drivers.Han;

/// <summary>The time in which the devices of a list may join. It closes by itself when it is over.</summary>
public sealed class HanJoinWindow : IAsyncDisposable
{
    private readonly Func<HanJoinWindow, CancellationToken, Task> _close;
    private readonly TimeProvider _timeProvider;
    private readonly Dictionary<ulong, TaskCompletionSource<HanNode?>> _candidates;
    private readonly ITimer _timer;

    internal HanJoinWindow(
        IReadOnlyList<HanCandidate> candidates, TimeSpan duration, TimeProvider timeProvider, Action<HanJoinWindow> over,
        Func<HanJoinWindow, CancellationToken, Task> close)
    {
        _close = close;
        _timeProvider = timeProvider;
        _candidates = candidates.DistinctBy(candidate => candidate.Eui64).ToDictionary(
            candidate => candidate.Eui64, _ => new TaskCompletionSource<HanNode?>(TaskCreationOptions.RunContinuationsAsynchronously));
        ClosesAt = timeProvider.GetUtcNow() + duration;
        _timer = timeProvider.CreateTimer(_ => over(this), null, duration, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The devices that may join.</summary>
    public IReadOnlyCollection<ulong> Candidates => _candidates.Keys;

    /// <summary>When it closes by itself.</summary>
    public DateTimeOffset ClosesAt { get; }

    /// <summary>Whether a device that is let in now may join.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Waits until a device of the list has joined.</summary>
    /// <param name="eui64">The device, one of <see cref="Candidates"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The device; null when the window closed without it.</returns>
    /// <exception cref="ArgumentException">The device is not on the list.</exception>
    public Task<HanNode?> WaitForAsync(ulong eui64, CancellationToken cancellationToken) =>
        _candidates.TryGetValue(eui64, out TaskCompletionSource<HanNode?>? joined)
            ? joined.Task.WaitAsync(Timeout.InfiniteTimeSpan, _timeProvider, cancellationToken)
            : throw new ArgumentException($"{eui64:X16} is not on the list", nameof(eui64));

    /// <summary>Closes the network for joining at once.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Abstractions.Errors.AdapterException">The adapter refuses, or is lost: it closes by itself in time.</exception>
    public Task CloseAsync(CancellationToken cancellationToken) => _close(this, cancellationToken);

    /// <summary>As <see cref="CloseAsync"/>; an adapter that is lost meanwhile closes by itself in time.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Abstractions.Errors.HarnessException)
        {
            // Told by the network; the adapter ends the window on its own.
        }
    }

    internal bool Allows(ulong eui64) => IsOpen && _candidates.ContainsKey(eui64);

    internal void Joined(HanNode node)
    {
        if (_candidates.TryGetValue(node.Eui64, out TaskCompletionSource<HanNode?>? joined))
        {
            joined.TrySetResult(node);
        }
    }

    internal void End()
    {
        IsOpen = false;
        _timer.Dispose();
        foreach (TaskCompletionSource<HanNode?> joined in _candidates.Values)
        {
            joined.TrySetResult(null);
        }
    }
}
