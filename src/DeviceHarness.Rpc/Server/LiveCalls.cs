using Grpc.Core;

namespace DeviceHarness.Rpc.Server;

/// <summary>The streaming calls under way. When the server stops they are ended before its connections are.</summary>
/// <remarks>Unary calls are not among them: those finish, and the server waits for them.</remarks>
internal sealed class LiveCalls : IDisposable
{
    /// <summary>How long a stop waits for the calls it ended: for their handlers to return, and for their clients to have seen the
    /// status. Only a handler that does not watch its token and a client that does not read come near it.</summary>
    public static readonly TimeSpan LeaveLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<CallLifetime> _calls = [];
    private readonly TaskCompletionSource _allLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TimeProvider _timeProvider;
    private bool _isStopping;

    /// <summary>Creates the register of one server.</summary>
    /// <param name="timeProvider">The clock of <see cref="LeaveLimit"/>.</param>
    public LiveCalls(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        Abandoned = _abandoned.Token;
    }

    /// <summary>Whether calls are being ended.</summary>
    public bool IsStopping
    {
        get
        {
            lock (_gate)
            {
                return _isStopping;
            }
        }
    }

    /// <summary>Fires when a stop waits no longer.</summary>
    public CancellationToken Abandoned { get; }

    /// <summary>A call has begun. One that comes while the server stops is ended at once.</summary>
    public void Enter(CallLifetime call)
    {
        lock (_gate)
        {
            _calls.Add(call);
            if (!_isStopping)
            {
                return;
            }
        }

        call.EndForStop();
    }

    /// <summary>A call has been left: its status is with the client, or the client is gone.</summary>
    public void Leave(CallLifetime call)
    {
        lock (_gate)
        {
            _calls.Remove(call);
            if (_isStopping && _calls.Count == 0)
            {
                _allLeft.TrySetResult();
            }
        }
    }

    /// <summary>Ends all calls with <see cref="StatusCode.Unavailable"/> and waits until they have been left, at most
    /// <see cref="LeaveLimit"/>.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        CallLifetime[] calls;
        lock (_gate)
        {
            _isStopping = true;
            calls = [.. _calls];
            if (calls.Length == 0)
            {
                return;
            }
        }

        foreach (CallLifetime call in calls)
        {
            call.EndForStop();
        }

        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task limit = Task.Delay(LeaveLimit, _timeProvider, done.Token);
        await Task.WhenAny(_allLeft.Task, limit).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await _abandoned.CancelAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _abandoned.Dispose();
}
