namespace DeviceHarness.Agent.SelfTest;

/// <summary>A clock for benches with a radio, where several talk at once: it moves on to the next timer, or to what a device does next,
/// when everybody waits.</summary>
/// <remarks>Who belongs to the bench is known by the execution context that <see cref="Enter"/> marks and that goes with all that is
/// started from there; so is on how many threads it works. What it has yet to begin is queued at the thread pool, or in the hands of a
/// thread there that is busy and in no bench: while there is either, the bench does not wait. Threads that others keep busy while this
/// clock paused <see cref="Patience"/> times are left out of that until one of them is free again.</remarks>
internal sealed class QuietClock : SteppedClock, IDisposable
{
    // A second, far longer than a thread that has begun something waits for a processor. Counted in pauses, not by a watch: while the whole
    // process or its machine stands still, a thread of this bench that has not gone on yet is no stranger's.
    private const int Patience = 1000;

    // A clock confirms what the one before it had found: those may have gone since, and a thread that begins work of this bench would be
    // taken for one of them.
    private const int Confirmation = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private const int Looks = 16;

    // After so many it only pauses: to yield on a busy machine takes a slice of its processor, far longer than a pause.
    private const int QuickLooks = 4 * Looks;

    private const long OneMove = 1L << 32;

    private static readonly AsyncLocal<QuietClock?> s_bench = new(OnContext);

    // How many threads of the pool others keep busy.
    private static volatile int s_strangers;

    // The threads of the pool that are in some bench, and above them how often one came in or went: one word, to be read at once.
    private static long s_inside;

    private readonly List<QuietLine> _devices = [];
    private readonly Thread _mover;
    private readonly ManualResetEventSlim _over = new();

    // Waits without looking again and again first, which is to yield too.
    private readonly ManualResetEventSlim _left = new(initialState: false, spinCount: 0);
    private int _working;
    private bool _hasConfirmed;

    /// <summary>Makes a clock that stands still until <see cref="Start"/>.</summary>
    public QuietClock() => _mover = new Thread(Run) { IsBackground = true, Name = "self-test clock" };

    /// <summary>Has a device act at its own moments.</summary>
    /// <param name="device">The line to it; before the clock starts.</param>
    public void Attach(QuietLine device) => _devices.Add(device);

    /// <summary>What the caller does and starts from now on is work of the bench, until the asynchronous method that this is called in
    /// ends.</summary>
    public void Enter() => s_bench.Value = this;

    /// <summary>Time begins to pass.</summary>
    public void Start() => _mover.UnsafeStart();

    /// <summary>Time stands still for good.</summary>
    public void Dispose()
    {
        _over.Set();
        _left.Set();

        // Whom a timer calls may be who puts an end to this clock.
        if (_mover.IsAlive && Thread.CurrentThread != _mover)
        {
            _mover.Join();
        }
    }

    /// <summary>A thread goes from one execution context to another.</summary>
    private static void OnContext(AsyncLocalValueChangedArgs<QuietClock?> change)
    {
        if (Thread.CurrentThread.IsThreadPoolThread)
        {
            int more = (change.CurrentValue is null ? 0 : 1) - (change.PreviousValue is null ? 0 : 1);
            Interlocked.Add(ref s_inside, OneMove + more);
        }

        if (change.CurrentValue is { } entered)
        {
            Interlocked.Increment(ref entered._working);
        }

        if (change.PreviousValue is { } left && Interlocked.Decrement(ref left._working) == 0)
        {
            left._left.Set();
        }
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

        _over.Dispose();
        _left.Dispose();
    }

    private void WaitUntilQuiet()
    {
        int pauses = 0;
        int least = int.MaxValue;
        for (int look = 1; !_over.IsSet; look++)
        {
            _left.Reset();
            int? strangers = Strangers();
            least = Math.Min(least, strangers ?? int.MaxValue);
            if (strangers is null)
            {
                (look, pauses, least) = (0, 0, int.MaxValue);
            }
            else if (strangers == 0 || (strangers <= s_strangers && _hasConfirmed))
            {
                s_strangers = strangers.Value;
                return;
            }
            else if (pauses > (strangers <= s_strangers ? Confirmation : Patience))
            {
                s_strangers = least;
                _hasConfirmed = true;
                return;
            }

            if (Volatile.Read(ref _working) > 0 || look % Looks == 0 || look > QuickLooks)
            {
                // One that work of the bench cut short is none.
                pauses += _left.Wait(Pause) ? 0 : 1;
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>How many threads of the pool are busy outside of all benches while this one neither works nor has work queued; null while
    /// it does, or while threads come and go.</summary>
    private int? Strangers()
    {
        if (Volatile.Read(ref _working) > 0 || ThreadPool.PendingWorkItemCount > 0)
        {
            return null;
        }

        long before = Interlocked.Read(ref s_inside);
        int busy = Busy();
        return Volatile.Read(ref _working) == 0 && Interlocked.Read(ref s_inside) == before ? busy - (int)before : null;
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
            due.Fire();
        }
        else
        {
            acting?.Act();
        }
    }
}
