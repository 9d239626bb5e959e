namespace DeviceHarness.TestKit.Net;

/// <summary>Counts what passes, octets or frames, so that a moment can be one of them and not a time. Safe for use from any
/// thread.</summary>
public sealed class RisingCount
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;

    /// <summary>How many have passed.</summary>
    public long Count => Interlocked.Read(ref _count);

    /// <summary>So many more passed.</summary>
    public void Add(int more)
    {
        Interlocked.Add(ref _count, more);
        lock (_gate)
        {
            _moved.TrySetResult();
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Waits until so many have passed.</summary>
    public async Task WaitForAsync(long wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                moved = _moved.Task;
            }

            if (Count >= wanted)
            {
                return;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }
}
