namespace DeviceHarness.Assurance.Cycles;

/// <summary>A bench that is given no work, or was given none for a time. It says nothing about any device.</summary>
/// <param name="Rig">The rig.</param>
/// <param name="Since">Since when, in UTC.</param>
/// <param name="By">Who took it out: a person, or <see cref="Orchestrator"/>; not empty.</param>
/// <param name="Reason">Why; not empty.</param>
public sealed record BenchQuarantine(string Rig, DateTimeOffset Since, string By, string Reason)
{
    /// <summary>Who takes a bench out whose attempts come to nothing.</summary>
    public const string Orchestrator = "the orchestrator";

    /// <summary>Who lets it work again when its health check passed.</summary>
    public const string HealthCheck = "its health check";

    /// <summary>Whether a health check that passes ends it; one that a person began only a person ends.</summary>
    public bool IsChecked { get; init; }

    /// <summary>The devices that the check asks, by their names on the rig; empty: all.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>When it ended, in UTC; null while it lasts.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Who ended it; empty while it lasts.</summary>
    public string EndedBy { get; init; } = string.Empty;

    /// <summary>Why it was ended; empty while it lasts.</summary>
    public string EndedReason { get; init; } = string.Empty;

    /// <summary>Such as <c>bench-01 since 2026-01-05 12:00:00 UTC, by ann: new meter; until 12:30:00, by ann: done</c>.</summary>
    public override string ToString()
    {
        string end = Ended is { } ended
            ? FormattableString.Invariant($"; until {ended.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, by {EndedBy}: {EndedReason}")
            : string.Empty;
        return FormattableString.Invariant($"{Rig} since {Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, by {By}: {Reason}{end}");
    }
}
