using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Undo;

/// <summary>Makes of what a gas meter told the request that brings it about again, as <see cref="UndoInverses"/> does of electricity
/// meters.</summary>
internal static class GasUndoInverses
{
    private static readonly GasNonDisablementCalendar NoHours = new(
        [new GasNonDisablementDay(1, [new GasNonDisablementAction(TimeOnly.MinValue, IsStart: false)])],
        [new TariffWeek(1, [1, 1, 1, 1, 1, 1, 1])], [new GasSeason(new CalendarDate(null, 1, 1, null), 1)], []);

    /// <summary>1.1.1 of 4.11.1. Thresholds are without effect in a tariff without blocks, and are then not put back.</summary>
    public static UpdateGasImportTariffPrimaryElement? Tariff(
        UndoReadings readings, UpdateGasImportTariffPrimaryElement? like, LeftOutValues left)
    {
        if (readings.Find<ReadTariffPrimaryElementRsp>()?.Gas is not { } read || PricesOf(read, like?.Prices, left) is not { } prices)
        {
            return null;
        }

        ValueList<long> told = [.. read.Thresholds.Select(threshold => (long)threshold)];
        ValueList<long>? thresholds = !prices.AreOfBlocks ? []
            : told.Count > 0 ? told
            : left.OrElse(null, like?.Tariff.Thresholds);
        return thresholds is null
            ? null
            : new UpdateGasImportTariffPrimaryElement(
                new GasTariff(read.Days, read.Weeks, read.Seasons, read.SpecialDays, thresholds), prices);
    }

    /// <summary>1.2.1 of 4.11.1.</summary>
    public static UpdateGasPricePrimaryElement? Prices(UndoReadings readings, UpdateGasPricePrimaryElement? like, LeftOutValues left) =>
        readings.Find<ReadTariffPrimaryElementRsp>()?.Gas is { } read && PricesOf(read, like?.Prices, left) is { } prices
            ? new UpdateGasPricePrimaryElement(prices)
            : null;

    /// <summary>2.1 of 4.13. A meter without hours is given a calendar that has none.</summary>
    public static UpdateGasPrepayConfiguration? Prepayment(UndoReadings readings, UpdateGasPrepayConfiguration? like, LeftOutValues left)
    {
        ReadPrepaymentConfigurationRsp? read = readings.Find<ReadPrepaymentConfigurationRsp>();
        return read?.Gas is { } gas && left.Or(read.DebtRecoveryRateCap, like?.DebtRecoveryRateCap) is { } cap and <= int.MaxValue
            && left.Or(read.EmergencyCreditLimit, like?.EmergencyCreditLimit) is { } limit
            && left.Or(read.EmergencyCreditThreshold, like?.EmergencyCreditThreshold) is { } threshold
            && left.Or(read.LowCreditThreshold, like?.LowCreditThreshold) is { } low
            && left.Or(read.MaxCreditMaxMeterBalance, like?.MaxMeterBalance) is { } balance
            && left.Or(read.CreditMaxCreditThreshold, like?.MaxCreditThreshold) is { } credit
            ? new UpdateGasPrepayConfiguration((int)cap, limit, threshold, low, gas.NonDisablement ?? NoHours, balance, credit)
            : null;
    }

    /// <summary>6.8 of 6.2.3. A meter without billing periods cannot be given none.</summary>
    public static UpdateDeviceConfigurationGasBillingCalendar? BillingCalendar(
        UndoReadings readings, UpdateDeviceConfigurationGasBillingCalendar? like, LeftOutValues left) =>
        readings.Find<ReadDeviceConfigurationDataBillingCalendarRsp>()?.GasCalendar is { } calendar
            ? new UpdateDeviceConfigurationGasBillingCalendar(calendar)
            : null;

    private static GasPrices? PricesOf(GasTariffReading read, GasPrices? like, LeftOutValues left)
    {
        bool areOfBlocks = read.BlockPrices.Count > 0;
        ValueList<GasPrice> prices = areOfBlocks ? read.BlockPrices : read.TimeOfUsePrices;
        return left.OrElse(read.CurrencyUnitsLabel, like?.CurrencyUnits) is { } currency
            && left.Or(read.StandingCharge, like?.StandingCharge) is { } standing && prices.Count > 0
            ? new GasPrices(currency, standing, prices, areOfBlocks ? Math.Max(1, read.Thresholds.Count) : null)
            : null;
    }
}
