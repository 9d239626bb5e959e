using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Network;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.10: the gas of each six minutes of a period.</summary>
[Srv("4.10")]
internal sealed class ReadNetworkDataHandler(GasMeter meter)
    : GasIntervalHandler(meter, meter.Profile.Logs.NetworkDataLog, ReadNetworkDataRsp.MaxGasEntries)
{
    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadNetworkDataRsp { MessageSuccess = false, GasEntries = [] };

    /// <inheritdoc/>
    protected override SrvResponseBody Answer(IReadOnlyList<(DateTimeOffset End, decimal? Volume)> entries) => new ReadNetworkDataRsp
    {
        MessageSuccess = true,
        GasEntries = [.. entries.Select(entry => new GasNetworkDataEntry(entry.End, entry.Volume))],
    };
}
