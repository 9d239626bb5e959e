using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 3.3: clears the general log, and holds the meter to what it says that it cleared.</summary>
[Srv("3.3")]
internal sealed class ClearEventLogHandler(GasMeter meter) : GasCommandHandler(meter, "ClearEventLogRsp")
{
    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ClusterCommand clear = ClusterCatalogue.Events.Command("ClearEventLogRequest", ZclSide.Client);
        MessageContent answer = await AskAsync(
            clear, clear.Create().Set("log_id", ReadEventOrSecurityLogHandler.GeneralLog),
            ClusterCatalogue.Events.Command("ClearEventLogResponse", ZclSide.Server), cancellationToken).ConfigureAwait(false);
        ulong cleared = answer.Number("cleared_logs");
        bool isCleared = (cleared & (1UL | (1UL << ReadEventOrSecurityLogHandler.GeneralLog))) != 0;
        return isCleared ? Done() : NotDone($"the meter says that it cleared the logs {cleared:X2}", (int)cleared);
    }
}
