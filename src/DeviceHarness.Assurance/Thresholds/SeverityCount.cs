namespace DeviceHarness.Assurance.Thresholds;

/// <summary>The open issues of one severity that apply to an entry.</summary>
/// <param name="Severity">1 to 5.</param>
/// <param name="Counted">The issues that count, by id.</param>
/// <param name="NotCounted">How many a person decided not to count.</param>
/// <param name="OnlyVirtual">How many are left out because only virtual or replayed devices showed them.</param>
/// <param name="Maximum">The most that may count; null when no number stands against the entry.</param>
public sealed record SeverityCount(int Severity, IReadOnlyList<string> Counted, int NotCounted, int OnlyVirtual, int? Maximum)
{
    /// <summary>All open issues of the severity that apply, whether they count or not.</summary>
    public int Open => Counted.Count + NotCounted + OnlyVirtual;

    /// <summary>Whether more count than may; as many as may is within.</summary>
    public bool IsOver => Counted.Count > Maximum;
}
