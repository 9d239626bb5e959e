using DeviceHarness.Transports.Posix;

namespace DeviceHarness.Transports.Pacing;

/// <summary>A thread of its own with tight timers, which runs one piece of waiting at a time.</summary>
internal sealed class PacingThread : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Thread _thread;
    private Action? _work;
    private TaskCompletionSource? _done;
    private volatile bool _isClosing;

    internal PacingThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    internal bool IsClosing => _isClosing;

    /// <summary>Runs work on the thread; its exception is the task's.</summary>
    internal Task RunAsync(Action work, Func<Exception> closed)
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return Task.FromException(closed());
            }

            if (_work is not null)
            {
                throw new InvalidOperationException("the line is already in use in this direction");
            }

            _work = work;
            _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ = _signal.Release();
            return _done.Task;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }

            _isClosing = true;
            _ = _signal.Release();
        }

        _thread.Join();
        _signal.Dispose();
    }

    private void Run()
    {
        MonotonicClock.TightenTimers();
        while (true)
        {
            _signal.Wait();
            Action? work;
            TaskCompletionSource? done;
            lock (_gate)
            {
                work = _work;
                done = _done;
            }

            if (work is null || done is null)
            {
                return;
            }

            Complete(work, done);
        }
    }

    private void Complete(Action work, TaskCompletionSource done)
    {
        Exception? failure = null;
        try
        {
            work();
        }
#pragma warning disable CA1031 // The thread is the edge here: whatever the work throws belongs to the one who waits for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        lock (_gate)
        {
            _work = null;
        }

        if (failure is null)
        {
            done.SetResult();
        }
        else
        {
            done.SetException(failure);
        }
    }
}
