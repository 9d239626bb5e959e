using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Esme;

/// <summary>What a meter keeps in flash beside its image.</summary>
/// <param name="FirmwareVersion">The version that runs.</param>
/// <param name="PreviousFirmwareVersion">The version before it.</param>
/// <param name="Supply">The state of the supply.</param>
/// <param name="ClockOffset">How far the clock is ahead of true time.</param>
/// <param name="IsClockValid">Whether the meter trusts its clock.</param>
/// <param name="Totals">The registers.</param>
/// <param name="SavedAt">When this was kept, true time.</param>
/// <param name="Events">All entries of all event logs.</param>
/// <param name="DailyReadings">The rows of the daily read log.</param>
/// <param name="SupplyCause">Why the supply is off.</param>
/// <param name="Settings">What clients wrote into plain data objects.</param>
/// <param name="Engines">Tariff, account, limits, schedules; null from a meter that had none yet.</param>
internal sealed record MeterRecord(
    string FirmwareVersion,
    string PreviousFirmwareVersion,
    SupplyState Supply,
    TimeSpan ClockOffset,
    bool IsClockValid,
    EnergyTotals Totals,
    DateTimeOffset SavedAt,
    IReadOnlyList<EventEntry> Events,
    IReadOnlyList<DailyReading> DailyReadings,
    SupplyCause SupplyCause,
    IReadOnlyDictionary<string, byte[]>? Settings,
    EngineRecord? Engines);
