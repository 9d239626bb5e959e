namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>Counts what passes, so that a moment can be an octet and not a time. Safe for use from any thread.</summary>
internal sealed class OctetCounter
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>How many octets have passed.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>So many more passed.</summary>
    public void Add(int octets)
    {
        Interlocked.Add(ref _count, octets);
        lock (_gate)
        {
            _moved.TrySetResult();
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until so many octets have passed.</summary>
    public async Task WaitForAsync(long octets, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                moved = _moved.Task;
            }

            if (Count >= octets)
            {
                return;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }
}
