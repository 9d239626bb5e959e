using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.8.1: the gas of each half hour of a period.</summary>
[Srv("4.8.1")]
internal sealed class ReadActiveImportProfileDataHandler(GasMeter meter)
    : GasIntervalHandler(meter, meter.Profile.Logs.ImportProfile, ReadActiveImportProfileDataRsp.MaxEntries)
{
    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadActiveImportProfileDataRsp { MessageSuccess = false };

    /// <inheritdoc/>
    protected override SrvResponseBody Answer(IReadOnlyList<(DateTimeOffset End, decimal? Volume)> entries) =>
        new ReadActiveImportProfileDataRsp
        {
            MessageSuccess = true,
            Entries =
            [
                .. entries.Select(entry => new ActiveImportProfileEntry(entry.End, null) { IsGas = true, GasValue = entry.Volume }),
            ],
        };
}
