using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.TestKit.Lines;

/// <summary>A line whose time stands still while anything can still happen on it: the clock jumps to the next time-out only when both ends
/// wait for octets and none is under way.</summary>
/// <remarks>So a time-out comes where a protocol needs one and never because the machine is slow. It wraps the two ends of any line; what
/// runs at both ends must take its time from <see cref="Clock"/>.</remarks>
public sealed class LockstepLine : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly LockstepEnd _near;
    private readonly LockstepEnd _far;

    /// <summary>Wraps the ends of a line.</summary>
    /// <param name="near">One end.</param>
    /// <param name="far">The other.</param>
    /// <param name="clock">The clock of whatever runs at the ends; nobody else may move it meanwhile.</param>
    public LockstepLine(IByteTransport near, IByteTransport far, ManualTimeProvider clock)
    {
        Clock = clock;
        _near = new LockstepEnd(this, near);
        _far = new LockstepEnd(this, far);
    }

    /// <summary>The clock of both ends.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>One end; disposing of it closes what it wraps.</summary>
    public IByteTransport Near => _near;

    /// <summary>The other end; disposing of it closes what it wraps.</summary>
    public IByteTransport Far => _far;

    /// <summary>How often the clock jumped to a time-out.</summary>
    public int Jumps { get; private set; }

    /// <summary>Closes both ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    /// <summary>Counts octets before they can be read at the other end.</summary>
    internal void Wrote(LockstepEnd end, int octets)
    {
        lock (_gate)
        {
            end.Written += octets;
        }
    }

    /// <summary>Counts octets that were read and says how many of them were thrown away before they came.</summary>
    internal int Took(LockstepEnd end, int octets)
    {
        lock (_gate)
        {
            int stale = (int)Math.Clamp(end.StaleUpTo - end.Taken, 0, octets);
            end.Taken += octets;
            return stale;
        }
    }

    /// <summary>Whatever the other end has written so far is never read.</summary>
    internal void Discard(LockstepEnd end)
    {
        lock (_gate)
        {
            end.StaleUpTo = Other(end).Written;
        }
    }

    internal void Wait(LockstepEnd end, LockstepWait wait)
    {
        lock (_gate)
        {
            end.Waiting = wait;
        }

        JumpIfQuiet();
    }

    internal void Leave(LockstepEnd end)
    {
        lock (_gate)
        {
            end.Waiting = null;
        }
    }

    private void JumpIfQuiet()
    {
        LockstepWait? due;
        TimeSpan by;
        lock (_gate)
        {
            bool isQuiet = _near.Waiting is not null && _far.Waiting is not null
                && _near.Written == _far.Taken && _far.Written == _near.Taken;
            due = isQuiet ? Earlier(_near.Waiting!, _far.Waiting!) : null;
            if (due is null)
            {
                return;
            }

            LockstepEnd end = _near.Waiting == due ? _near : _far;
            end.Waiting = null;
            by = due.Deadline!.Value - Clock.GetElapsedTime(0);
            Jumps++;
        }

        Clock.Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
        due.Expire();
    }

    private LockstepEnd Other(LockstepEnd end) => end == _near ? _far : _near;

    private static LockstepWait? Earlier(LockstepWait one, LockstepWait other) =>
        one.Deadline is null || other.Deadline < one.Deadline ? (other.Deadline is null ? null : other) : one;
}
