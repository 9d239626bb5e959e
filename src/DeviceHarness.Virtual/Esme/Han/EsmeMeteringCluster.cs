using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Gsme.Clusters;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee.Clusters;
using static DeviceHarness.Virtual.ZigBee.Clusters.AttributeData;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>The Metering server of an electricity meter: kWh with three decimals.</summary>
/// <remarks>Source: ZigBee Smart Energy, Metering cluster, as this harness's ZigBee guide 8.3 lists ids and types. It keeps no snapshots:
/// who asks for one is answered not found.</remarks>
internal sealed class EsmeMeteringCluster : HanCluster
{
    private const byte GetSnapshot = 0x06;
    private const int GetSnapshotOctets = 13;
    private const int KilowattHours = 0x00;
    private const int ElectricMeter = 0x00;
    private const int Divisor = 1000;
    private const int UpdateSeconds = 10;
    private const int ListedTiers = 4;

    // Three digits right of the point, five left, leading zeros suppressed.
    private const int Formatting = 0xAB;

    /// <summary>The Metering server of a meter.</summary>
    /// <param name="meter">The meter.</param>
    public EsmeMeteringCluster(VirtualEsme meter)
    {
        Dictionary<ushort, Func<EsmeState, ZclData>> all = new()
        {
            [0x0000] = one => Unsigned48(one.Engines.Totals().ActiveImportWh),
            [0x0001] = one => Unsigned48(one.Engines.Totals().ActiveExportWh),
            [0x0007] = one => Time(TimeOf(one.Now, one.Clock.IsValid)),
            [0x000A] = _ => Unsigned8(UpdateSeconds),
            [0x0014] = one => Enumeration(MeteringCluster.StatusOf(one.Supply.State)),
            [0x0020] = one => Enumeration(one.Engines.Tariff.Rate),
            [0x0300] = _ => Enumeration(KilowattHours),
            [0x0301] = _ => Unsigned24(1),
            [0x0302] = _ => Unsigned24(Divisor),
            [0x0303] = _ => Bitmap8(Formatting),
            [0x0306] = _ => Bitmap8(ElectricMeter),
            [0x0307] = one => Octets(one.Model.Identity.ImportMpan),
            [0x0308] = one => Octets(one.Model.SerialNumber),
            [0x0400] = one => Signed24(one.Settle().ActiveImportWatts),
        };
        for (int tier = 0; tier < ListedTiers && tier < TariffEngine.Rates; tier++)
        {
            int index = tier;
            all[(ushort)(0x0100 + (2 * tier))] = one => Unsigned48(one.Engines.Tariff.RateWh[index]);
        }

        Attributes = all.ToDictionary(one => one.Key, one => (Func<ZclData>)(() => meter.Inside(one.Value)));
    }

    /// <inheritdoc/>
    public override ushort Id => 0x0702;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; }

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message) => message.Command != GetSnapshot ? ClusterReply.Unknown
        : message.Payload.Length < GetSnapshotOctets ? ClusterReply.Malformed
        : ClusterReply.Of(ZclStatus.NotFound);
}
