using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Writes;
using DeviceHarness.Duis.Bodies.Logs;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 3.3: empties an event log; the meter's own where the request names none.</summary>
[Srv("3.3")]
internal sealed class ClearEventLogHandler(WriteObjects objects) : ProfiledWriteHandler<ClearEventLog>(objects)
{
    /// <inheritdoc/>
    protected override void Plan(ClearEventLog request, WritePlan plan) =>
        plan.AtOnce(request.Log == ClearedEventLog.Alcs ? "ALCS" : "ESME", DlmsData.Null);
}
