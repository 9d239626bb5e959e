using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>execution</c>.</summary>
internal sealed record ExecutionRow(
    string Id, string CaseId, string Title, long Ordinal, long RepeatSafety, long TimeBudget, string DescopedReason, long State,
    string Devices)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns =
        """
        e.id AS Id, e.case_id AS CaseId, e.title AS Title, e.ordinal AS Ordinal, e.repeat_safety AS RepeatSafety,
        e.time_budget AS TimeBudget, e.descoped_reason AS DescopedReason, e.state AS State, e.devices AS Devices
        """;

    /// <summary>The execution of this row.</summary>
    public Execution ToExecution(string cycleId) => new()
    {
        Id = Id,
        CycleId = cycleId,
        CaseId = CaseId,
        Title = Title,
        Ordinal = (int)Ordinal,
        RepeatSafety = (RepeatSafety)RepeatSafety,
        TimeBudget = TimeSpan.FromTicks(TimeBudget),
        DescopedReason = DescopedReason,
        Devices = DeviceLines.Read(Devices),
    };
}
