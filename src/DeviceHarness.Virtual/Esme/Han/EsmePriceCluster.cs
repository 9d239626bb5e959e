using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Esme.Han;

/// <summary>The Price server of an electricity meter: the price of a kWh that holds now.</summary>
/// <remarks>Source: ZigBee Smart Energy, Price cluster, GetCurrentPrice and PublishPrice, as this harness's ZigBee guide 8.2 sums them up.
/// It is in pounds with five decimals; its tier is the rate, as far as a tier has room.</remarks>
internal sealed class EsmePriceCluster(VirtualEsme meter) : HanCluster
{
    private const byte GetCurrentPrice = 0x00;
    private const byte PublishPrice = 0x00;
    private const byte KilowattHours = 0x00;
    private const ushort Pounds = 826;
    private const byte FiveDecimals = 0x50;
    private const byte OneTier = 0x10;
    private const int LastTier = 15;
    private const ushort UntilChanged = 0xFFFF;

    /// <inheritdoc/>
    public override ushort Id => 0x0700;

    /// <inheritdoc/>
    public override ClusterReply Serve(ClusterMessage message) => message.Command != GetCurrentPrice ? ClusterReply.Unknown
        : message.Payload.Length < 1 ? ClusterReply.Malformed
        : ClusterReply.With(new ClusterMessage(PublishPrice, meter.Inside(Current)));

    private static byte[] Current(EsmeState one)
    {
        byte tier = (byte)Math.Min(one.Engines.Tariff.Rate, LastTier);
        return new WireOctets().DoubleWord(0).Octet(0).DoubleWord(1).DoubleWord(TimeOf(one.Now, one.Clock.IsValid)).Octet(KilowattHours)
            .Word(Pounds).Octet((byte)(FiveDecimals | tier)).Octet((byte)(OneTier | tier)).DoubleWord(ZclTime.Now).Word(UntilChanged)
            .DoubleWord((uint)one.Engines.Tariff.PriceMillipence).ToArray();
    }
}
