using System.Globalization;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 4.11.1: reads the tariff in force with its prices. That a price in GBP counts thousandths of a penny is an
/// assumption.</summary>
[Srv("4.11.1")]
internal sealed class ReadTariffPrimaryElementHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    private const int LabelCharacters = 3;
    private const int MaximumPrices = 80;

    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        ValueList<TariffPrice> prices = await TableAsync(
            values, "Prices", MaximumPrices, CalendarTables.Price, price => (price.Register, price.Block), cancellationToken)
            .ConfigureAwait(false);
        HashSet<int> blockRegisters = [.. prices.Where(price => price.Block is not null).Select(price => price.Register)];
        string? label = await values.TextAsync("CurrencyUnitsLabel", LabelCharacters, cancellationToken).ConfigureAwait(false);
        return new ReadTariffPrimaryElementRsp
        {
            MessageSuccess = true,
            PrimaryActiveTariffPrice = await values.IntegerAsync("PrimaryActiveTariffPrice", cancellationToken).ConfigureAwait(false),
            CurrencyUnitsLabel = label,
            CurrencyUnitsName = label switch { "GBP" => "Millipence", "ECB" => "Millicent", _ => null },
            StandingCharge = await values.IntegerAsync("StandingCharge", cancellationToken).ConfigureAwait(false),
            StandingChargeScale = await values.IntegerAsync("StandingChargeScale", cancellationToken).ConfigureAwait(false),
            PriceScale = await values.IntegerAsync("PriceScale", cancellationToken).ConfigureAwait(false),
            Prices = [.. prices.OrderBy(price => price.Block is null).ThenBy(price => price.Register).ThenBy(price => price.Block)],
            Days = await TableAsync(
                values, "DayProfiles", ElectricityTariff.MaxDays, item => CalendarTables.Day(item, blockRegisters), day => day.Day,
                cancellationToken).ConfigureAwait(false),
            Weeks = await TableAsync(
                values, "WeekProfiles", ElectricityTariff.MaxSeasons, CalendarTables.Week, week => week.Week, cancellationToken)
                .ConfigureAwait(false),
            Seasons = await TableAsync(
                values, "Seasons", ElectricityTariff.MaxSeasons, CalendarTables.Season, season => season, cancellationToken)
                .ConfigureAwait(false),
            SpecialDays = await TableAsync(
                values, "SpecialDays", ElectricityTariff.MaxSpecialDays, CalendarTables.SpecialDay, day => day, cancellationToken)
                .ConfigureAwait(false),
            Thresholds = await ThresholdsAsync(values, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadTariffPrimaryElementRsp { MessageSuccess = false };

    private static async Task<ValueList<T>> TableAsync<T, TKey>(
        ReadValues values, string field, int maximum, Func<DlmsData, T?> read, Func<T, TKey> key, CancellationToken cancellationToken)
        where T : class
    {
        if (await values.DataAsync(field, cancellationToken).ConfigureAwait(false) is not { } table)
        {
            return [];
        }

        return CalendarTables.All(table, maximum, read) is { } items && items.DistinctBy(key).Count() == items.Count
            ? items
            : throw values.Unexpected(field, "a table that no tariff has");
    }

    private static async Task<ValueList<TariffThresholds>> ThresholdsAsync(ReadValues values, CancellationToken cancellationToken)
    {
        List<TariffThresholds> registers = [];
        for (int register = 1; register <= ElectricityTariff.BlockRegisters; register++)
        {
            string field = string.Create(CultureInfo.InvariantCulture, $"Thresholds{register}");
            if (await values.DataAsync(field, cancellationToken).ConfigureAwait(false) is not { } table)
            {
                continue;
            }

            List<long> thresholds = [];
            foreach (DlmsData item in table.Items)
            {
                thresholds.Add(item.TryGetInt64(out long threshold) && threshold is >= 0 and <= uint.MaxValue
                    ? threshold
                    : throw values.Unexpected(field, $"the threshold {item}"));
            }

            registers.Add(thresholds.Count < ElectricityPrices.Blocks
                ? new TariffThresholds(register, [.. thresholds])
                : throw values.Unexpected(field, $"{thresholds.Count} thresholds"));
        }

        return [.. registers];
    }
}
