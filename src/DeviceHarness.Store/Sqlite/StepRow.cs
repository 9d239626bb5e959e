using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>step</c>.</summary>
internal sealed record StepRow(
    string ExecutionId, long Attempt, long Idx, string Name, long Verdict, string Reason, string Srv, string Device, string Acknowledgement,
    string Response, long Elapsed, long? LatQueue, long? LatHost, long? LatLine, long? LatDevice, long? LatConnect, long? LatExchanges,
    long? LatOpen, long? LatAdapter)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns =
        """
        s.execution_id AS ExecutionId, s.attempt AS Attempt, s.idx AS Idx, s.name AS Name, s.verdict AS Verdict, s.reason AS Reason,
        s.srv AS Srv, s.device AS Device, s.acknowledgement AS Acknowledgement, s.response AS Response, s.elapsed AS Elapsed,
        s.lat_queue AS LatQueue, s.lat_host AS LatHost, s.lat_line AS LatLine, s.lat_device AS LatDevice, s.lat_connect AS LatConnect,
        s.lat_exchanges AS LatExchanges, s.lat_open AS LatOpen, s.lat_adapter AS LatAdapter
        """;

    /// <summary>The step of this row.</summary>
    public Step ToStep() => new(
        (int)Idx, Name, (Verdict)Verdict, Reason, Srv, Device, Acknowledgement, Response, TimeSpan.FromTicks(Elapsed),
        LatQueue is null
            ? null
            : new LatencySplit(
                Ticks(LatQueue), Ticks(LatHost), Ticks(LatLine), Ticks(LatDevice), Ticks(LatConnect), (int)(LatExchanges ?? 0),
                LatOpen == 1, Ticks(LatAdapter)));

    private static TimeSpan Ticks(long? ticks) => TimeSpan.FromTicks(ticks ?? 0);
}
