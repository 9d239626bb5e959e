using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.17: the gas of each day of a period; the catalogue has it of a proxy alone.</summary>
[Srv("4.17")]
internal sealed class RetrieveDailyConsumptionLogHandler(GasMeter meter)
    : GasIntervalHandler(meter, meter.Profile.Logs.DailyConsumptionLog, RetrieveDailyConsumptionLogRsp.MaxEntries)
{
    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new RetrieveDailyConsumptionLogRsp { MessageSuccess = false, IsGas = true };

    /// <inheritdoc/>
    protected override SrvResponseBody Answer(IReadOnlyList<(DateTimeOffset End, decimal? Volume)> entries) =>
        new RetrieveDailyConsumptionLogRsp
        {
            MessageSuccess = true,
            IsGas = true,
            Entries = [.. entries.Select(entry => new DailyConsumptionEntry(entry.End, entry.Volume))],
        };
}
