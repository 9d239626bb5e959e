using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Links;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Security;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Esme;

/// <summary>One virtual ESME: everything about it that is not the specification.</summary>
public sealed record EsmeModel
{
    /// <summary>What makes its load and voltage differ from the next meter's.</summary>
    public required long Seed { get; init; }

    /// <summary>The link layer.</summary>
    public required ServerLinkOptions Link { get; init; }

    /// <summary>The largest APDU that the meter receives, in octets (64 to 4,096).</summary>
    public required int PduOctets { get; init; }

    /// <summary>The clients that it knows; one address once.</summary>
    public required IReadOnlyList<MeterClient> Clients { get; init; }

    /// <summary>Its keys, and what it asks of those who use them.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>The logical device name: 16 characters, the first three the manufacturer's flag.</summary>
    public required string LogicalDeviceName { get; init; }

    /// <summary>The serial number.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The version of the active firmware, such as <c>4.2.0</c>: three or four numbers of 0 to 255.</summary>
    public required string FirmwareVersion { get; init; }

    /// <summary>The version before it, which a meter with a stuck version still reports.</summary>
    public required string PreviousFirmwareVersion { get; init; }

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

    /// <summary>Whether it agrees on requests with lists.</summary>
    public bool HasLists { get; init; } = true;

    /// <summary>Whether it agrees on general block transfer; its long answers are then cut that way.</summary>
    public bool HasGeneralBlocks { get; init; }

    /// <summary>How it pushes its alerts; null when they wait for whoever takes them.</summary>
    public PushOptions? Push { get; init; }

    /// <summary>How late a meter with the defect late-answer answers.</summary>
    public TimeSpan LateAnswerTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The defects planted at the start.</summary>
    public EsmeDefects Defects { get; init; } = EsmeDefects.None;
}
