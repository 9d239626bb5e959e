namespace DeviceHarness.Agent.Clock;

/// <summary>Keeps the time of a scaled bench, in the process that serves its devices: there every octet of every line passes.</summary>
/// <remarks>Safe for use from any thread. Where an earlier bench of the data folder stopped, time goes on.</remarks>
internal sealed class ClockKeeper
{
    /// <summary>How long all lines must have been silent before time runs faster: longer than a device waits before it tells an alert, and
    /// than an agent takes to hear it.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly SharedClock _shared;
    private readonly int _scale;
    private readonly TimeProvider _real;
    private readonly Lock _gate = new();
    private ClockPiece _piece;
    private long _lastOctet;

    /// <summary>Begins to keep it, at real time's rate.</summary>
    /// <param name="shared">Where it is kept.</param>
    /// <param name="scale">How many times faster it runs while nothing is said; 2 to <see cref="ScaledClock.MaximumScale"/>.</param>
    /// <param name="real">Real time.</param>
    public ClockKeeper(SharedClock shared, int scale, TimeProvider real)
    {
        _shared = shared;
        _scale = scale;
        _real = real;
        long now = ScaledClock.RealTicks(real);
        long goesOn = Math.Max(shared.Piece?.At(now) ?? shared.LastTicks, real.GetUtcNow().UtcTicks);
        _piece = new ClockPiece(now, goesOn, 1);
        _lastOctet = now;
        shared.Write(_piece);
    }

    /// <summary>Whether a device has something to tell by itself: it is heard out in real time.</summary>
    public Func<bool> IsTelling { get; set; } = static () => false;

    /// <summary>Octets pass a line.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            _lastOctet = ScaledClock.RealTicks(_real);
            Write(1);
        }
    }

    /// <summary>Keeps the clock until it is told to stop; then time runs as real time does.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(Tick, _real);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                Keep();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The bench stops: that is how it ends.
        }
        finally
        {
            Touch();
        }
    }

    /// <summary>Goes on from now at the rate that now holds.</summary>
    internal void Keep()
    {
        bool isTelling = IsTelling();
        lock (_gate)
        {
            bool isSilent = ScaledClock.RealTicks(_real) - _lastOctet >= Silence.Ticks;
            Write(isSilent && !isTelling && _shared.Holds == 0 ? _scale : 1);
        }
    }

    private void Write(int rate)
    {
        long now = ScaledClock.RealTicks(_real);
        _piece = new ClockPiece(now, _piece.At(now), rate);
        _shared.Write(_piece);
    }
}
