using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Gsme.Tables;

/// <summary>Asks a gas meter for the tariff that it charges: prices by the attributes of its Price server, the price in force by those of
/// Metering, and its calendar.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Price cluster, as this harness's ZigBee guide 8.2 and 8.3 sum it up. That a meter is a server of the
/// cluster, and that the price of a tier without blocks is that of its first block, are assumptions.</remarks>
internal static class GasTariffReader
{
    private const ushort FirstThreshold = 0x0100;
    private const ushort StandingCharge = 0x0301;
    private const ushort FirstBlockPrice = 0x0400;
    private const ushort FirstTierPrice = 0x0410;
    private const int TierStep = 0x10;
    private const ushort TiersInUse = 0x0611;
    private const ushort ThresholdsInUse = 0x0612;
    private const ushort Currency = 0x0616;
    private const ushort TrailingDigit = 0x0617;
    private const ushort CurrentBlock = 0x000E;
    private const ushort ActiveTier = 0x0020;
    private const int Pound = PublishedPrice.PoundSterling;
    private const int Digits = 5;

    /// <summary>Asks for it.</summary>
    internal static async Task<GasTariffReading> ReadAsync(GasMeter meter, CancellationToken cancellationToken)
    {
        AttributeValues terms = await meter.ReadAsync(
            ClusterCatalogue.Price, cancellationToken, StandingCharge, TiersInUse, ThresholdsInUse, Currency, TrailingDigit,
            FirstThreshold, FirstThreshold + 1, FirstThreshold + 2).ConfigureAwait(false);
        AttributeValues prices = await meter.ReadAsync(
            ClusterCatalogue.Price, cancellationToken, [.. Enumerable.Range(0, GasTariff.Registers).SelectMany(place => (ushort[])
                [(ushort)(FirstBlockPrice + place), (ushort)(FirstTierPrice + (TierStep * place))])]).ConfigureAwait(false);
        AttributeValues inForce = await meter.ReadAsync(ClusterCatalogue.Metering, cancellationToken, CurrentBlock, ActiveTier)
            .ConfigureAwait(false);
        _ = terms.Require(StandingCharge);
        int scale = Digits - (int)((terms.Number(TrailingDigit) ?? 0) >> 4);
        GasPrice[] blocks = [.. Prices(prices, FirstBlockPrice, 1, GasTariff.Registers, scale)];
        int tiers = (int)Math.Clamp(terms.Number(TiersInUse) ?? GasTariff.Registers, 0, GasTariff.Registers);
        GasPrice[] registers = blocks.Length > 0 ? [] : [.. Prices(prices, FirstTierPrice, TierStep, tiers, scale)];
        GasCalendar? calendar = await GasCalendarReader.ReadAsync(meter, GasCalendar.OfTariff, cancellationToken).ConfigureAwait(false);
        long place = (blocks.Length > 0 ? inForce.Number(CurrentBlock) : inForce.Number(ActiveTier)) ?? 1;
        return new GasTariffReading
        {
            PrimaryActiveTariffPrice = (blocks.Length > 0 ? blocks : registers).FirstOrDefault(price => price.Index == place)?.Price,
            PrimaryActiveTariffPriceScale = -Digits,
            CurrencyUnitsLabel = (terms.Number(Currency) ?? Pound) == Pound ? "GBP" : "ECB",
            StandingCharge = Scaled(terms.Number(StandingCharge) ?? 0, scale),
            Thresholds = [.. Enumerable.Range(0, (int)Math.Clamp(terms.Number(ThresholdsInUse) ?? 0, 0, GasTariff.MaxThresholds))
                .Select(index => terms.Number((ushort)(FirstThreshold + index))).OfType<long>().Select(dm3 => (decimal)dm3)],
            TimeOfUsePrices = [.. registers],
            BlockPrices = [.. blocks],
            Days = [.. calendar?.Days.Select(day => Day(meter, day, blocks.Length > 0)) ?? []],
            Weeks = calendar?.Weeks ?? [],
            Seasons = calendar?.Seasons ?? [],
            SpecialDays = calendar?.SpecialDays ?? [],
        };
    }

    private static IEnumerable<GasPrice> Prices(AttributeValues values, int first, int step, int count, int scale) =>
        from place in Enumerable.Range(0, count)
        let price = values.Number((ushort)(first + (step * place)))
        where price is not null
        select new GasPrice(place + 1, Scaled(price.Value, scale));

    // As DUIS counts: hundred-thousandths.
    private static long Scaled(long value, int scale)
    {
        for (int digit = 0; digit < Math.Abs(scale); digit++)
        {
            value = scale > 0 ? value * 10 : value / 10;
        }

        return value;
    }

    private static GasTariffDay Day(GasMeter meter, GasCalendarDay day, bool hasBlocks) => day.Entries is [{ Minutes: 0 } only]
        ? new GasTariffDay(day.Day, hasBlocks ? null : only.Value)
        : throw HanFaults.Unfit($"{meter.Name}: day {day.Day}", "a day of a gas tariff has one register from midnight on", default);
}
