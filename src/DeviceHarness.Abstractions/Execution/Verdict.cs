namespace DeviceHarness.Abstractions.Execution;

/// <summary>How an attempt ended.</summary>
/// <remarks>Only <see cref="Passed"/> and <see cref="Failed"/> are conclusive.</remarks>
public enum Verdict
{
    /// <summary>Not run yet.</summary>
    NotRun = 0,

    /// <summary>Every expectation was met.</summary>
    Passed = 1,

    /// <summary>The device or the service broke an expectation, and the link was shown to be sound.</summary>
    Failed = 2,

    /// <summary>Bench, link, agent or power failed, or a silence that cannot be told from a lost link: may be repeated.</summary>
    Inconclusive = 3,

    /// <summary>Harness, pack or configuration is wrong: repeating is useless.</summary>
    Error = 4,

    /// <summary>A precondition or an earlier case failed, or the wrong device is on the bench.</summary>
    Blocked = 5,

    /// <summary>Not applicable, with the reason.</summary>
    Skipped = 6,
}
