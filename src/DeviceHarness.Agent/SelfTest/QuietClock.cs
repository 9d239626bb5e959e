using System.Diagnostics;

namespace DeviceHarness.Agent.SelfTest;

/// <summary>A clock for benches with a radio, where several talk at once: it moves on to the next timer, or to what a device does next,
/// when everybody waits.</summary>
/// <remarks>That everybody waits is seen at the thread pool, on which all of a bench runs: nobody works there and nothing waits to be
/// worked on. In a process that keeps threads of the pool for itself, a bench that has not asked for the time for <see cref="Patience"/>
/// is taken to wait, and whoever is busy then to be none of it.</remarks>
internal sealed class QuietClock : SteppedClock, IDisposable
{
    // The longest that a bench works without a look at the clock is an agreement on a key, some milliseconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private const int Looks = 64;

    // How many threads of the pool are busy while a bench waits: as many as are kept by others.
    private static volatile int s_strangers;

    private readonly List<QuietLine> _devices = [];
    private readonly Thread _mover;
    private long _activity;
    private readonly ManualResetEventSlim _over = new();

    /// <summary>Makes a clock that stands still until <see cref="Start"/>.</summary>
    public QuietClock() => _mover = new Thread(Run) { IsBackground = true, Name = "self-test clock" };

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _activity);
        return base.GetTimestamp();
    }

    /// <summary>Has a device act at its own moments.</summary>
    /// <param name="device">The line to it; before the clock starts.</param>
    public void Attach(QuietLine device) => _devices.Add(device);

    /// <summary>Time begins to pass.</summary>
    public void Start() => _mover.Start();

    /// <summary>Time stands still for good.</summary>
    public void Dispose()
    {
        _over.Set();
        if (_mover.IsAlive)
        {
            _mover.Join();
        }

        _over.Dispose();
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out int all, out _);
        ThreadPool.GetAvailableThreads(out int free, out _);
        return all - free;
    }

    private void Run()
    {
        while (!_over.IsSet)
        {
            WaitUntilQuiet();
            Move();
        }
    }

    private void WaitUntilQuiet()
    {
        long seen = Interlocked.Read(ref _activity);
        long since = Stopwatch.GetTimestamp();
        int least = int.MaxValue;
        for (int look = 1; !_over.IsSet; look++)
        {
            int busy = Busy();
            least = Math.Min(least, busy);
            bool isQuiet = busy <= s_strangers && ThreadPool.PendingWorkItemCount == 0 && Busy() <= busy;
            long now = Interlocked.Read(ref _activity);
            if (now != seen)
            {
                (seen, since, least) = (now, Stopwatch.GetTimestamp(), int.MaxValue);
            }
            else if (isQuiet || Stopwatch.GetElapsedTime(since) > Patience)
            {
                s_strangers = least;
                return;
            }

            if (look % Looks == 0)
            {
                _over.Wait(Pause);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private void Move()
    {
        QuietLine? acting = null;
        TimeSpan now = Elapsed;
        TimeSpan moment = NextTimer ?? TimeSpan.MaxValue;
        foreach (QuietLine device in _devices)
        {
            TimeSpan wait = device.TimeToNextStep;
            if (wait != Timeout.InfiniteTimeSpan && wait < moment - now)
            {
                acting = device;
                moment = now + wait;
            }
        }

        if (moment == TimeSpan.MaxValue)
        {
            _over.Wait(Pause);
        }
        else if (MoveTo(moment) is { } due)
        {
            // On the pool, where its work is seen.
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), due, preferLocal: false);
        }
        else
        {
            acting?.Act();
        }
    }
}
