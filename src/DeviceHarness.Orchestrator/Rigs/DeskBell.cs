namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Asks desks to look again because of what happened at another one. Safe for use from any thread; ringing never waits.</summary>
/// <remarks>A desk that rang another itself would hold its own gate while it waits for the other's. What a desk is to do it finds in the
/// store, so a bell that is rung twice is answered once, and one that is lost with the process is not missed: rigs attach again.</remarks>
internal sealed class DeskBell
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _rung = new(StringComparer.Ordinal);
    private TaskCompletionSource _signal = NewSignal();

    /// <summary>The desk of that rig is to look again.</summary>
    public void Ring(string rig)
    {
        lock (_gate)
        {
            _rung.Add(rig);
            _signal.TrySetResult();
        }
    }

    /// <summary>Waits until a bell is rung.</summary>
    /// <returns>The rigs whose desks are to look again, each once: at most as many as there are.</returns>
    public async Task<IReadOnlyList<string>> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_rung.Count > 0)
                {
                    string[] rigs = [.. _rung];
                    _rung.Clear();
                    return rigs;
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
