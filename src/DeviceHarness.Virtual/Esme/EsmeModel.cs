using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Esme;

/// <summary>One virtual ESME: everything about it that is not the specification.</summary>
public sealed record EsmeModel : VirtualDeviceModel
{
    /// <summary>What makes its load and voltage differ from the next meter's.</summary>
    public required long Seed { get; init; }

    /// <summary>The registers when the meter starts.</summary>
    public required EnergyTotals InitialTotals { get; init; }

    /// <summary>The load and generation behind the meter.</summary>
    public required LoadProfileOptions Load { get; init; }

    /// <summary>How far the meter's clock is ahead of true time (behind when negative) at the start.</summary>
    public TimeSpan ClockOffset { get; init; } = TimeSpan.Zero;

    /// <summary>Whether the clock is valid at the start.</summary>
    public bool IsClockValid { get; init; } = true;

    /// <summary>The state of the supply at the start.</summary>
    public SupplyState InitialSupply { get; init; } = SupplyState.Connected;

    /// <summary>The control mode of the supply switch, 0 to 6.</summary>
    public int SupplyControlMode { get; init; } = 4;

    /// <summary>What it is to a firmware image, and how it takes one.</summary>
    public FirmwareUpdateOptions FirmwareUpdate { get; init; } = new();

    /// <summary>How it behaves without power.</summary>
    public PowerOptions Power { get; init; } = new();

    /// <summary>How much too fast the clock runs (too slow when negative), in millionths (-1,000 to 1,000).</summary>
    public int ClockDriftPartsPerMillion { get; init; }

    /// <summary>How many days before today its profiles reach back when it is switched on for the first time (0 to 31).</summary>
    public int HistoryDays { get; init; }

    /// <summary>How many half hours each load profile keeps (48 to 19,056: thirteen months).</summary>
    public int LoadProfileRows { get; init; } = 19_056;

    /// <summary>Who it says that it is, beyond its serial number.</summary>
    public MeterIdentity Identity { get; init; } = new();

    /// <summary>The tariff that it starts with.</summary>
    public TariffOptions Tariff { get; init; } = new();

    /// <summary>The account that it starts with.</summary>
    public PrepaymentOptions Prepayment { get; init; } = new();

    /// <summary>The load limit that it starts with.</summary>
    public LoadLimitOptions LoadLimit { get; init; } = new();

    /// <summary>Its auxiliary loads and boost buttons.</summary>
    public AuxiliaryOptions Auxiliary { get; init; } = new();

    /// <summary>The voltage thresholds that it starts with.</summary>
    public QualityOptions Quality { get; init; } = new();

    /// <summary>How it pushes its alerts; null when they wait for whoever takes them.</summary>
    public PushOptions? Push { get; init; }
}
