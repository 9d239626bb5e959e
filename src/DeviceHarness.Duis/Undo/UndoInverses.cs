using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;
using DeviceHarness.Duis.Bodies.Network;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Tariff;

namespace DeviceHarness.Duis.Undo;

/// <summary>Makes of what a device told the request that brings it about again.</summary>
/// <remarks>Each takes what the answers leave out from another request of the same kind, and is null when too little is left.</remarks>
internal static class UndoInverses
{
    /// <summary>1.1.1 of 4.11.1.</summary>
    public static UpdateImportTariffPrimaryElement? Tariff(UndoReadings readings, UpdateImportTariffPrimaryElement? like)
    {
        if (readings.Find<ReadTariffPrimaryElementRsp>() is not { } read || PricesOf(read, like?.Prices) is not { } prices
            || (read.CurrencyUnitsLabel ?? like?.Tariff.CurrencyUnits) is not { } currency)
        {
            return null;
        }

        ValueList<TariffThresholds> thresholds = [.. Enumerable.Range(1, ElectricityTariff.BlockRegisters)
            .Select(register => Of(read.Thresholds, register) ?? Of(like?.Tariff.Thresholds, register))
            .OfType<TariffThresholds>()];
        return new UpdateImportTariffPrimaryElement(
            new ElectricityTariff(currency, read.Days, read.Weeks, read.Seasons, read.SpecialDays, thresholds), prices);
    }

    /// <summary>1.2.1 of 4.11.1.</summary>
    public static UpdatePricePrimaryElement? Prices(UndoReadings readings, UpdatePricePrimaryElement? like) =>
        readings.Find<ReadTariffPrimaryElementRsp>() is { } read && PricesOf(read, like?.Prices) is { } prices
            ? new UpdatePricePrimaryElement(prices)
            : null;

    /// <summary>1.6 of 6.2.9 and 4.13. What belongs to prepayment is without effect in credit mode, and is then neither told nor put
    /// back.</summary>
    public static UpdatePaymentMode? PaymentMode(UndoReadings readings, UpdatePaymentMode? like)
    {
        ReadDeviceConfigurationPaymentModeRsp? mode = readings.Find<ReadDeviceConfigurationPaymentModeRsp>();
        ReadPrepaymentConfigurationRsp? settings = readings.Find<ReadPrepaymentConfigurationRsp>();
        return (mode?.PaymentMode ?? settings?.PaymentMode) switch
        {
            Bodies.Prepayment.PaymentMode.Credit => new UpdatePaymentMode(Prepayment: null),
            Bodies.Prepayment.PaymentMode.Prepayment
                when Whole(settings?.DisablementThreshold ?? like?.Prepayment?.DisablementThreshold) is { } threshold =>
                new UpdatePaymentMode(new PrepaymentModeSettings(
                    mode?.SuspendDebtDisabled ?? settings?.SuspendDebtDisabled ?? like?.Prepayment?.SuspendDebtDisabled ?? false,
                    mode?.SuspendDebtEmergency ?? settings?.SuspendDebtEmergency ?? like?.Prepayment?.SuspendDebtEmergency ?? false,
                    threshold)),
            _ => null,
        };
    }

    /// <summary>2.1 of 4.13.</summary>
    public static UpdatePrepayConfiguration? Prepayment(UndoReadings readings, UpdatePrepayConfiguration? like)
    {
        ReadPrepaymentConfigurationRsp? read = readings.Find<ReadPrepaymentConfigurationRsp>();
        return read is not null && Whole(read.DebtRecoveryRateCap ?? like?.DebtRecoveryRateCap) is { } cap
            && Whole(read.EmergencyCreditLimit ?? like?.EmergencyCreditLimit) is { } limit
            && Whole(read.EmergencyCreditThreshold ?? like?.EmergencyCreditThreshold) is { } threshold
            && Whole(read.LowCreditThreshold ?? like?.LowCreditThreshold) is { } low
            && Whole(read.MaxCreditMaxMeterBalance ?? like?.MaxMeterBalance) is { } balance
            && Whole(read.CreditMaxCreditThreshold ?? like?.MaxCreditThreshold) is { } credit
            && (read.NonDisablement ?? like?.NonDisablement) is { } calendar
            ? new UpdatePrepayConfiguration(cap, limit, threshold, low, calendar, balance, credit)
            : null;
    }

    /// <summary>6.4.1 of 4.15.</summary>
    public static UpdateDeviceConfigurationLoadLimitingGeneralSettings? LoadLimit(
        UndoReadings readings, UpdateDeviceConfigurationLoadLimitingGeneralSettings? like)
    {
        ReadLoadLimitDataRsp? read = readings.Find<ReadLoadLimitDataRsp>();
        return read is not null && (read.LoadLimitPeriod ?? like?.LoadLimitPeriod) is { } period
            && (read.LoadLimitPowerThreshold ?? like?.LoadLimitPowerThreshold) is { } threshold
            && (read.LoadLimitRestorationPeriod ?? like?.LoadLimitRestorationPeriod) is { } restoration
            && (read.LoadLimitSupplyState ?? like?.LoadLimitSupplyState) is { } supply
            ? new UpdateDeviceConfigurationLoadLimitingGeneralSettings(period, threshold, restoration, supply)
            : null;
    }

    /// <summary>6.5 of 6.2.1 and 4.10, without a reset of the counters.</summary>
    public static UpdateDeviceConfigurationVoltage? Voltage(UndoReadings readings, UpdateDeviceConfigurationVoltage? like)
    {
        if (readings.Find<ReadDeviceConfigurationVoltageRsp>() is not { } read || like?.Settings is not { } other)
        {
            return null;
        }

        VoltageSettings settings = new()
        {
            RmsExtremeOverVoltageMeasurementPeriod =
                read.RmsExtremeOverVoltageMeasurementPeriod ?? other.RmsExtremeOverVoltageMeasurementPeriod,
            RmsExtremeOverVoltageThreshold = read.RmsExtremeOverVoltageThreshold ?? other.RmsExtremeOverVoltageThreshold,
            RmsExtremeUnderVoltageMeasurementPeriod =
                read.RmsExtremeUnderVoltageMeasurementPeriod ?? other.RmsExtremeUnderVoltageMeasurementPeriod,
            RmsExtremeUnderVoltageThreshold = read.RmsExtremeUnderVoltageThreshold ?? other.RmsExtremeUnderVoltageThreshold,
            RmsVoltageSagMeasurementPeriod = read.RmsVoltageSagMeasurementPeriod ?? other.RmsVoltageSagMeasurementPeriod,
            RmsVoltageSagThreshold = read.RmsVoltageSagThreshold ?? other.RmsVoltageSagThreshold,
            RmsVoltageSwellMeasurementPeriod = read.RmsVoltageSwellMeasurementPeriod ?? other.RmsVoltageSwellMeasurementPeriod,
            RmsVoltageSwellThreshold = read.RmsVoltageSwellThreshold ?? other.RmsVoltageSwellThreshold,
            AverageRmsOverVoltageThreshold = read.AverageRmsOverVoltageThreshold ?? other.AverageRmsOverVoltageThreshold,
            AverageRmsUnderVoltageThreshold = read.AverageRmsUnderVoltageThreshold ?? other.AverageRmsUnderVoltageThreshold,
            AverageRmsVoltageMeasurementPeriod =
                readings.Find<ReadNetworkDataRsp>()?.MeasurementPeriod ?? other.AverageRmsVoltageMeasurementPeriod,
        };
        return new UpdateDeviceConfigurationVoltage(settings, AreCountersReset: false);
    }

    private static ElectricityPrices? PricesOf(ReadTariffPrimaryElementRsp read, ElectricityPrices? like)
    {
        if (Within(read.StandingCharge ?? like?.StandingCharge, short.MinValue, short.MaxValue) is not { } charge
            || Within(read.StandingChargeScale ?? like?.StandingChargeScale, sbyte.MinValue, sbyte.MaxValue) is not { } chargeScale
            || Within(read.PriceScale ?? like?.PriceScale, sbyte.MinValue, sbyte.MaxValue) is not { } scale)
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
