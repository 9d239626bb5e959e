using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Hub;

namespace DeviceHarness.Drivers.CommsHub.Han;

/// <summary>The neighbours of a hub, which is as much of its device log as it shows over the air. They cannot be changed that
/// way.</summary>
/// <remarks>Spec: ZigBee device profile, Mgmt_Lqi, as this harness's ZigBee guide 6 sums it up. It does not tell when a neighbour was heard
/// last. The harness's own adapter, which the hub has let in, is one of them.</remarks>
/// <param name="hub">The hub.</param>
internal sealed class NeighbourLog(SmartEnergyDevice hub) : IHanDeviceLog
{
    private const ushort NeighbourTable = 0x0031;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<HanDeviceLogEntry>> ReadDevicesAsync(CancellationToken cancellationToken)
    {
        string what = $"{hub.Name}: its neighbours";
        SortedSet<ulong> found = [];
        int told = 0;
        int total;
        do
        {
            byte start = (byte)told;
            MessageContent answer = await hub.AskAsync(
                NeighbourTable, (request, _) => request.Set("start_index", start), cancellationToken).ConfigureAwait(false);
            IReadOnlyList<MessageContent> items = answer.Items("neighbours");
            total = (int)answer.Number("entries");
            if (answer.Number("start_index") != start || (items.Count == 0 && told < total))
            {
                throw HanFaults.Unfit(what, $"of {total} it gave {items.Count} from {start} on", default);
            }

            found.UnionWith(items.Select(item => item.Number("ieee_addr")));
            told += items.Count;
        }
        while (told < total);

        return found.Count <= ReadDeviceLogRsp.MaxEntries
            ? [.. found.Select(eui64 => new HanDeviceLogEntry(new Eui64(eui64)))]
            : throw HanFaults.LogTooLong(what, found.Count, ReadDeviceLogRsp.MaxEntries);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(Eui64 device, HanDeviceJoin join, CancellationToken cancellationToken) =>
        throw new LocalProtocolException("DRIV-004", $"{hub.Name}: its log is not changed over the air", "neighbours", "8.11");

    /// <inheritdoc/>
    public ValueTask RemoveAsync(Eui64 device, CancellationToken cancellationToken) =>
        throw new LocalProtocolException("DRIV-004", $"{hub.Name}: its log is not changed over the air", "neighbours", "8.11");
}
