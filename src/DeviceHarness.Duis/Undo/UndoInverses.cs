using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Undo;

/// <summary>Makes of what a device told the request that brings it about again.</summary>
/// <remarks>Each takes what the answers leave out from another request of the same kind, which <see cref="LeftOutValues"/> notes, and is
/// null when too little is left.</remarks>
internal static class UndoInverses
{
    /// <summary>1.1.1 of 4.11.1.</summary>
    public static UpdateImportTariffPrimaryElement? Tariff(
        UndoReadings readings, UpdateImportTariffPrimaryElement? like, LeftOutValues left)
    {
        if (readings.Find<ReadTariffPrimaryElementRsp>() is not { } read || PricesOf(read, like?.Prices, left) is not { } prices
            || left.OrElse(read.CurrencyUnitsLabel, like?.Tariff.CurrencyUnits) is not { } currency)
        {
            return null;
        }

        ValueList<TariffThresholds> thresholds = [.. Enumerable.Range(1, ElectricityTariff.BlockRegisters)
            .Select(register => left.OrElse(
                Of(read.Thresholds, register), Of(like?.Tariff.Thresholds, register), $"Thresholds[{register}]"))
            .OfType<TariffThresholds>()];
        return new UpdateImportTariffPrimaryElement(
            new ElectricityTariff(currency, read.Days, read.Weeks, read.Seasons, read.SpecialDays, thresholds), prices);
    }

    /// <summary>1.2.1 of 4.11.1.</summary>
    public static UpdatePricePrimaryElement? Prices(UndoReadings readings, UpdatePricePrimaryElement? like, LeftOutValues left) =>
        readings.Find<ReadTariffPrimaryElementRsp>() is { } read && PricesOf(read, like?.Prices, left) is { } prices
            ? new UpdatePricePrimaryElement(prices)
            : null;

    /// <summary>1.6 of 6.2.9 and 4.13. What belongs to prepayment is without effect in credit mode, and is then not put back.</summary>
    public static UpdatePaymentMode? PaymentMode(UndoReadings readings, UpdatePaymentMode? like, LeftOutValues left)
    {
        ReadDeviceConfigurationPaymentModeRsp? mode = readings.Find<ReadDeviceConfigurationPaymentModeRsp>();
        ReadPrepaymentConfigurationRsp? settings = readings.Find<ReadPrepaymentConfigurationRsp>();
        return (mode?.PaymentMode ?? settings?.PaymentMode) switch
        {
            Bodies.Prepayment.PaymentMode.Credit => Credit(like, left),
            Bodies.Prepayment.PaymentMode.Prepayment
                when Whole(left.Or(settings?.DisablementThreshold, like?.Prepayment?.DisablementThreshold)) is { } threshold =>
                new UpdatePaymentMode(new PrepaymentModeSettings(
                    left.Or(mode?.SuspendDebtDisabled ?? settings?.SuspendDebtDisabled, like?.Prepayment?.SuspendDebtDisabled) ?? false,
                    left.Or(mode?.SuspendDebtEmergency ?? settings?.SuspendDebtEmergency, like?.Prepayment?.SuspendDebtEmergency) ?? false,
                    threshold)),
            _ => null,
        };
    }

    /// <summary>2.1 of 4.13.</summary>
    public static UpdatePrepayConfiguration? Prepayment(UndoReadings readings, UpdatePrepayConfiguration? like, LeftOutValues left)
    {
        ReadPrepaymentConfigurationRsp? read = readings.Find<ReadPrepaymentConfigurationRsp>();
        return read is not null && Whole(left.Or(read.DebtRecoveryRateCap, like?.DebtRecoveryRateCap)) is { } cap
            && Whole(left.Or(read.EmergencyCreditLimit, like?.EmergencyCreditLimit)) is { } limit
            && Whole(left.Or(read.EmergencyCreditThreshold, like?.EmergencyCreditThreshold)) is { } threshold
            && Whole(left.Or(read.LowCreditThreshold, like?.LowCreditThreshold)) is { } low
            && Whole(left.Or(read.MaxCreditMaxMeterBalance, like?.MaxMeterBalance)) is { } balance
            && Whole(left.Or(read.CreditMaxCreditThreshold, like?.MaxCreditThreshold)) is { } credit
            && left.OrElse(read.NonDisablement, like?.NonDisablement) is { } calendar
            ? new UpdatePrepayConfiguration(cap, limit, threshold, low, calendar, balance, credit)
            : null;
    }

    /// <summary>6.4.1 of 4.15.</summary>
    public static UpdateDeviceConfigurationLoadLimitingGeneralSettings? LoadLimit(
        UndoReadings readings, UpdateDeviceConfigurationLoadLimitingGeneralSettings? like, LeftOutValues left)
    {
        ReadLoadLimitDataRsp? read = readings.Find<ReadLoadLimitDataRsp>();
        return read is not null && left.Or(read.LoadLimitPeriod, like?.LoadLimitPeriod) is { } period
            && left.Or(read.LoadLimitPowerThreshold, like?.LoadLimitPowerThreshold) is { } threshold
            && left.Or(read.LoadLimitRestorationPeriod, like?.LoadLimitRestorationPeriod) is { } restoration
            && left.Or(read.LoadLimitSupplyState, like?.LoadLimitSupplyState) is { } supply
            ? new UpdateDeviceConfigurationLoadLimitingGeneralSettings(period, threshold, restoration, supply)
            : null;
    }

    /// <summary>6.5 of 6.2.1 and 4.10, without a reset of the counters.</summary>
    public static UpdateDeviceConfigurationVoltage? Voltage(
        UndoReadings readings, UpdateDeviceConfigurationVoltage? like, LeftOutValues left)
    {
        if (readings.Find<ReadDeviceConfigurationVoltageRsp>() is not { } read || like?.Settings is not { } other)
        {
            return null;
        }

        VoltageSettings settings = new()
        {
            RmsExtremeOverVoltageMeasurementPeriod =
                left.Or(read.RmsExtremeOverVoltageMeasurementPeriod, other.RmsExtremeOverVoltageMeasurementPeriod),
            RmsExtremeOverVoltageThreshold = left.Or(read.RmsExtremeOverVoltageThreshold, other.RmsExtremeOverVoltageThreshold),
            RmsExtremeUnderVoltageMeasurementPeriod =
                left.Or(read.RmsExtremeUnderVoltageMeasurementPeriod, other.RmsExtremeUnderVoltageMeasurementPeriod),
            RmsExtremeUnderVoltageThreshold = left.Or(read.RmsExtremeUnderVoltageThreshold, other.RmsExtremeUnderVoltageThreshold),
            RmsVoltageSagMeasurementPeriod = left.Or(read.RmsVoltageSagMeasurementPeriod, other.RmsVoltageSagMeasurementPeriod),
            RmsVoltageSagThreshold = left.Or(read.RmsVoltageSagThreshold, other.RmsVoltageSagThreshold),
            RmsVoltageSwellMeasurementPeriod = left.Or(read.RmsVoltageSwellMeasurementPeriod, other.RmsVoltageSwellMeasurementPeriod),
            RmsVoltageSwellThreshold = left.Or(read.RmsVoltageSwellThreshold, other.RmsVoltageSwellThreshold),
            AverageRmsOverVoltageThreshold = left.Or(read.AverageRmsOverVoltageThreshold, other.AverageRmsOverVoltageThreshold),
            AverageRmsUnderVoltageThreshold = left.Or(read.AverageRmsUnderVoltageThreshold, other.AverageRmsUnderVoltageThreshold),
            AverageRmsVoltageMeasurementPeriod =
                left.Or(readings.Find<ReadNetworkDataRsp>()?.MeasurementPeriod, other.AverageRmsVoltageMeasurementPeriod),
        };
        return new UpdateDeviceConfigurationVoltage(settings, AreCountersReset: false);
    }

    /// <summary>6.8 of 6.2.3. A meter without a calendar cannot be given none.</summary>
    public static UpdateDeviceConfigurationBillingCalendar? BillingCalendar(
        UndoReadings readings, UpdateDeviceConfigurationBillingCalendar? like, LeftOutValues left) =>
        readings.Find<ReadDeviceConfigurationDataBillingCalendarRsp>()?.Calendar is { } calendar
            ? new UpdateDeviceConfigurationBillingCalendar(calendar)
            : null;

    private static UpdatePaymentMode Credit(UpdatePaymentMode? like, LeftOutValues left)
    {
        bool isLeftOut = like?.Prepayment is not null;
        left.Note(isLeftOut, nameof(PrepaymentModeSettings.DisablementThreshold));
        left.Note(isLeftOut, nameof(PrepaymentModeSettings.SuspendDebtDisabled));
        left.Note(isLeftOut, nameof(PrepaymentModeSettings.SuspendDebtEmergency));
        return new UpdatePaymentMode(Prepayment: null);
    }

    private static ElectricityPrices? PricesOf(ReadTariffPrimaryElementRsp read, ElectricityPrices? like, LeftOutValues left)
    {
        if (Within(left.Or(read.StandingCharge, like?.StandingCharge), short.MinValue, short.MaxValue) is not { } charge
            || Within(left.Or(read.StandingChargeScale, like?.StandingChargeScale), sbyte.MinValue, sbyte.MaxValue) is not { } chargeScale
            || Within(left.Or(read.PriceScale, like?.PriceScale), sbyte.MinValue, sbyte.MaxValue) is not { } scale)
        {
            return null;
        }

        bool hasBlocks = read.Prices.Any(price => price.Block is not null);
        TariffKind kind = !hasBlocks ? TariffKind.TimeOfUse
            : read.Prices.All(price => price.Block is not null) ? TariffKind.Block
            : TariffKind.Hybrid;
        return new ElectricityPrices((short)charge, (sbyte)chargeScale, (sbyte)scale, kind, read.Prices);
    }

    private static TariffThresholds? Of(IEnumerable<TariffThresholds>? thresholds, int register) =>
        thresholds?.FirstOrDefault(candidate => candidate.Register == register);

    private static long? Within(long? value, long minimum, long maximum) => value >= minimum && value <= maximum ? value : null;

    private static int? Whole(long? value) => (int?)Within(value, int.MinValue, int.MaxValue);
}
