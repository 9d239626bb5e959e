namespace DeviceHarness.Virtual.Esme;

/// <summary>Whether the meter runs: it may be without power, or silent because it restarts.</summary>
public sealed class MeterPower
{
    /// <summary>Whether the meter runs.</summary>
    public bool IsRunning { get; private set; } = true;

    /// <summary>Whether it stands still for lack of power, not because it restarts.</summary>
    public bool IsOutage { get; private set; }

    /// <summary>When it runs again by itself, as time since the meter process started; null when it runs, or waits for a person.</summary>
    public TimeSpan? BackAt { get; private set; }

    /// <summary>When the outage began, true time.</summary>
    public DateTimeOffset OutageSince { get; private set; }

    /// <summary>The power fails.</summary>
    /// <param name="since">True time.</param>
    /// <param name="backAt">When it returns by itself; null when somebody switches it on.</param>
    public void Fail(DateTimeOffset since, TimeSpan? backAt)
    {
        IsRunning = false;
        IsOutage = true;
        OutageSince = since;
        BackAt = backAt;
    }

    /// <summary>The meter restarts.</summary>
    /// <param name="backAt">When it runs again.</param>
    public void Restart(TimeSpan backAt)
    {
        IsRunning = false;
        BackAt = backAt;
    }

    /// <summary>The meter runs again.</summary>
    public void Start()
    {
        IsRunning = true;
        IsOutage = false;
        BackAt = null;
    }
}
