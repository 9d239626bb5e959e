using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>The Prepayment server of an electricity meter: the account that its service port tells.</summary>
internal sealed class EsmePrepaymentCluster : HanCluster
{
    /// <summary>The Prepayment server of a meter.</summary>
    /// <param name="meter">The meter.</param>
    public EsmePrepaymentCluster(VirtualEsme meter) => Attributes = AccountAttributes.Of(meter.Inside(one => one.Engines.Account))
        .ToDictionary(one => one.Key, one => (Func<ZclData>)(() => meter.Inside(_ => one.Value())));

    /// <inheritdoc/>
    public override ushort Id => 0x0705;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<ushort, Func<ZclData>> Attributes { get; }
}
