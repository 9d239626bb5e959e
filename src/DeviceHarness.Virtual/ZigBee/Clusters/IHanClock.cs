namespace DeviceHarness.Virtual.ZigBee.Clusters;

/// <summary>The clock of a virtual device.</summary>
internal interface IHanClock
{
    /// <summary>What it believes the time to be, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether it trusts that.</summary>
    bool IsClockValid { get; }

    /// <summary>Sets it.</summary>
    /// <param name="time">The time.</param>
    void SetClock(DateTimeOffset time);
}
