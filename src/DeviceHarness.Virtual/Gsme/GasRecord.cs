using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>What a gas meter keeps in flash beside its logs.</summary>
internal sealed record GasRecord(
    string FirmwareVersion,
    SupplyState Valve,
    SupplyCause Cause,
    TimeSpan ClockOffset,
    bool IsClockValid,
    DateTimeOffset SavedAt,
    long VolumeDm3,
    long EnergyWh,
    int ConversionFactor,
    int CalorificValue,
    long[] TierDm3,
    long BatteryUsed,
    TariffRecord Tariff,
    PrepaymentRecord Account,
    TokenRecord Tokens,
    IReadOnlyList<EventEntry> Events,
    GasSettings Settings)
{
    /// <summary>Of the intervals that were not over; null in a record of before it was kept.</summary>
    public GasUseRecord? Use { get; init; }
}
