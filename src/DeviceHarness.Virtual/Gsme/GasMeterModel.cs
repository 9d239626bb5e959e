using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>One virtual GSME: everything about it that is not the specification.</summary>
public sealed record GasMeterModel
{
    /// <summary>What makes its flow differ from the next meter's.</summary>
    public required long Seed { get; init; }

    /// <summary>Its EUI-64.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>Its serial number, 1 to 24 characters.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The meter point reference number, 10 digits.</summary>
    public required string SiteId { get; init; }

    /// <summary>Its manufacturer, 1 to 32 characters.</summary>
    public required string Manufacturer { get; init; }

    /// <summary>Its model, 1 to 32 characters.</summary>
    public required string ModelName { get; init; }

    /// <summary>The version of its firmware: three or four numbers of 0 to 255.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>Its hardware version, 0 to 255.</summary>
    public int HardwareVersion { get; init; } = 1;

    /// <summary>The volume register when it starts, in cubic decimetres (0 to 99,999,999).</summary>
    public long InitialVolumeDm3 { get; init; }

    /// <summary>The shape of the day: as that of a load, in cubic decimetres an hour in place of watts.</summary>
    public required LoadProfileOptions Flow { get; init; }

    /// <summary>The conversion factor, in hundred-thousandths (50,000 to 200,000).</summary>
    public int ConversionFactor { get; init; } = 102_264;

    /// <summary>The calorific value, in kJ/m3 (10,000 to 60,000).</summary>
    public int CalorificValue { get; init; } = 39_500;

    /// <summary>How far the clock is ahead of true time (behind when negative) at the start.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Whether the clock is valid at the start.</summary>
    public bool IsClockValid { get; init; } = true;

    /// <summary>How much too fast the clock runs (too slow when negative), in millionths (-1,000 to 1,000).</summary>
    public int ClockDriftPartsPerMillion { get; init; }

    /// <summary>The valve at the start.</summary>
    public SupplyState InitialValve { get; init; } = SupplyState.Connected;

    /// <summary>Its battery.</summary>
    public GasBatteryOptions Battery { get; init; } = new();

    /// <summary>The tariff that it starts with; a price is of a kWh.</summary>
    public TariffOptions Tariff { get; init; } = new();

    /// <summary>The account that it starts with.</summary>
    public PrepaymentOptions Prepayment { get; init; } = new();

    /// <summary>When it is awake.</summary>
    public GasWakeOptions Wake { get; init; } = new();

    /// <summary>How many days before today its logs reach back when it starts for the first time (0 to 31).</summary>
    public int HistoryDays { get; init; }

    /// <summary>The defects planted at the start.</summary>
    public GasDefects Defects { get; init; }
}
