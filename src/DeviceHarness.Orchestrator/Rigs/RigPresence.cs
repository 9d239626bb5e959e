namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>When a rig was last heard. Safe for use from any thread.</summary>
/// <remarks>Silence is shown and changes nothing else: leases have a clock of their own.</remarks>
internal sealed class RigPresence(TimeProvider time, TimeSpan offlineAfter)
{
    private const long Never = 0;

    private long _lastSeenUtcTicks = Never;
    private long _heardStamp = Never;
    private int _isHeard;

    /// <summary>When the rig was last heard, in UTC; null when it never was.</summary>
    public DateTimeOffset? LastSeen =>
        Interlocked.Read(ref _lastSeenUtcTicks) is var ticks and not Never ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Whether the rig was heard by this orchestrator within the time allowed.</summary>
    public bool IsOnline =>
        Volatile.Read(ref _isHeard) == 1 && time.GetElapsedTime(Interlocked.Read(ref _heardStamp)) < offlineAfter;

    /// <summary>The rig was heard now.</summary>
    public void Heard()
    {
        Interlocked.Exchange(ref _lastSeenUtcTicks, time.GetUtcNow().UtcTicks);
        Interlocked.Exchange(ref _heardStamp, time.GetTimestamp());
        Volatile.Write(ref _isHeard, 1);
    }

    /// <summary>An earlier orchestrator heard the rig then.</summary>
    public void Recall(DateTimeOffset lastSeen) => Interlocked.CompareExchange(ref _lastSeenUtcTicks, lastSeen.UtcTicks, Never);
}
