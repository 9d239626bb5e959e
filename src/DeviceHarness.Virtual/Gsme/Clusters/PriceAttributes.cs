using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Virtual.Tariff;
using static DeviceHarness.Virtual.ZigBee.Clusters.AttributeData;

namespace DeviceHarness.Virtual.Gsme.Clusters;

/// <summary>The attributes of the Price server of a gas meter: prices in hundred-thousandths of a pound a kWh, thresholds in
/// litres.</summary>
/// <remarks>Source: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 lists ids and types. The price of a tier without
/// blocks is that of its first block: an assumption.</remarks>
internal static class PriceAttributes
{
    private const int Tiers = 4;
    private const int TierStep = 16;
    private const int FirstTierPrice = 0x0410;
    private const int Pounds = 826;
    private const int KilowattHours = 0x00;
    private const int FiveDigits = 0x50;
    private const int ActiveBlock = 0x00;
    private const int NoBlocks = 0xFF;
    private const int Divisor = 1000;

    /// <summary>The attributes of a meter.</summary>
    public static IReadOnlyDictionary<ushort, Func<ZclData>> Of(GasMeterState state)
    {
        Dictionary<ushort, Func<ZclData>> all = new()
        {
            [0x0202] = () => Unsigned24(1),
            [0x0203] = () => Unsigned24(Divisor),
            [0x0301] = () => Unsigned32(state.Settings.IgnoredTariff?.StandingMillipence
                ?? state.Tariff.Standing.Active.MillipenceOfPeriod()),
            [0x0611] = () => Unsigned8(
                HasBlocks(state) ? 1 : Enumerable.Range(1, Tiers).Last(tier => tier == 1 || Price(state, tier, 1) > 0)),
            [0x0612] = () => Unsigned8(Thresholds(state).Count),
            [0x0613] = () => Enumeration(HasBlocks(state) ? ActiveBlock : NoBlocks),
            [0x0615] = () => Enumeration(KilowattHours),
            [0x0616] = () => Unsigned16(Pounds),
            [0x0617] = () => Bitmap8(FiveDigits),
        };
        for (int one = 0; one < TariffEngine.Blocks; one++)
        {
            int place = one;
            all[(ushort)(0x0100 + place)] = () => place < Thresholds(state).Count
                ? Unsigned48(Thresholds(state)[place])
                : ZclData.Invalid(ZclDataType.Unsigned48);
            all[(ushort)(0x0400 + place)] = () => HasBlocks(state)
                ? Unsigned32(Price(state, 1, place + 1))
                : ZclData.Invalid(ZclDataType.Unsigned32);
            all[(ushort)(FirstTierPrice + (TierStep * place))] = () => HasBlocks(state)
                ? ZclData.Invalid(ZclDataType.Unsigned32)
                : Unsigned32(Price(state, place + 1, 1));
        }

        return all;
    }

    private static bool HasBlocks(GasMeterState state) => state.Settings.IgnoredTariff is { } told
        ? told.Prices.Any(price => price.Block > 0)
        : state.Tariff.Energy.Active.Prices.ContainsKey(UnitCharge.IndexOf(1, 1));

    private static long Price(GasMeterState state, int tier, int block) => state.Settings.IgnoredTariff is { } told
        ? told.Prices.FirstOrDefault(
            price => price.Rate == tier && (price.Block == 0 || price.Block == block))?.MillipencePerKilowattHour ?? 0
        : state.Tariff.Energy.Active.MillipenceOf(tier, block);

    private static IReadOnlyList<long> Thresholds(GasMeterState state) => state.Settings.ThresholdsDm3;
}
