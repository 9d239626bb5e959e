namespace DeviceHarness.Duis.Firmware;

/// <summary>Something that others have to bring before the work can go on, such as a maker's firmware.</summary>
/// <param name="What">What it is.</param>
/// <param name="Provider">Who has to bring it.</param>
/// <param name="NeedBy">The last day on which it is in time.</param>
/// <param name="Met">The day on which it came; null while it has not.</param>
public sealed record FirmwareDependency(string What, string Provider, DateOnly NeedBy, DateOnly? Met = null)
{
    /// <summary>Whether it came too late, or has not come and is due.</summary>
    /// <param name="today">The day of the question.</param>
    public bool IsLate(DateOnly today) => (Met ?? today) > NeedBy;
}
