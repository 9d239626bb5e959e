using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>cycle_total</c>.</summary>
internal sealed record CycleTotalRow(
    long Passed, long Failed, long Inconclusive, long Error, long Blocked, long NotRun, long Skipped, long Descoped)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns =
        """
        t.passed AS Passed, t.failed AS Failed, t.inconclusive AS Inconclusive, t.error AS Error, t.blocked AS Blocked,
        t.not_run AS NotRun, t.skipped AS Skipped, t.descoped AS Descoped
        """;

    /// <summary>The pass rate of this row.</summary>
    public PassRate ToRate() => new(
        (int)Passed, (int)Failed, (int)Inconclusive, (int)Error, (int)Blocked, (int)NotRun, (int)Skipped, (int)Descoped);
}
