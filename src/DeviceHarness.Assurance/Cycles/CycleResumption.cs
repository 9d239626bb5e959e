namespace DeviceHarness.Assurance.Cycles;

/// <summary>A person let a cut cycle go on.</summary>
/// <param name="CycleId">The cycle.</param>
/// <param name="Who">Who; not empty.</param>
/// <param name="Reason">Why; not empty.</param>
/// <param name="Time">When, in UTC.</param>
public sealed record CycleResumption(string CycleId, string Who, string Reason, DateTimeOffset Time)
{
    /// <summary>Why the cycle had ended before; empty when its last case ended it.</summary>
    public string Was { get; init; } = string.Empty;

    /// <summary>The cases that went on.</summary>
    public IReadOnlyList<string> Cases { get; init; } = [];

    /// <summary>Such as <c>by A. Tester, 2026-01-05 12:00:00 UTC: bench is back (was: cancelled: no power); 12 cases</c>.</summary>
    public override string ToString()
    {
        string was = Was.Length == 0 ? string.Empty : $" (was: {Was})";
        return FormattableString.Invariant($"by {Who}, {Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {Reason}{was}; {Cases.Count} cases");
    }
}
