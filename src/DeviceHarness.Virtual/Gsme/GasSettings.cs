namespace DeviceHarness.Virtual.Gsme;

/// <summary>What clients set in a gas meter, beyond tariff and account.</summary>
internal sealed record GasSettings
{
    /// <summary>A supply status that leaves the valve as it is.</summary>
    public const byte Unchanged = 0x03;

    /// <summary>The meter point reference number.</summary>
    public string SiteId { get; set; } = string.Empty;

    /// <summary>What the valve becomes after a tamper: 00 off, 01 armed, 02 on, 03 unchanged.</summary>
    public byte TamperState { get; set; } = Unchanged;

    /// <summary>What it becomes when the battery is low.</summary>
    public byte DepletionState { get; set; }

    /// <summary>What it becomes after an uncontrolled flow; the meter only tells it.</summary>
    public byte UncontrolledFlowState { get; set; } = Unchanged;

    /// <summary>The customer identification number.</summary>
    public string CustomerId { get; set; } = string.Empty;

    /// <summary>The provider that was named last.</summary>
    public uint ProviderId { get; set; }

    /// <summary>The most that all debts may collect in a week, as it was set; nothing is held back by it.</summary>
    public int DebtCap { get; set; } = int.MaxValue;

    /// <summary>Where the mirror is; null for none.</summary>
    public byte? MirrorEndpoint { get; set; }

    /// <summary>The samplings that were started; their ids count from 1.</summary>
    public List<GasSampling> Samplings { get; init; } = [];

    /// <summary>What is due later.</summary>
    public List<DatedGasChange> Planned { get; init; } = [];

    /// <summary>The tariff that will hold later; null for none.</summary>
    public GasTariffPlan? PlannedTariff { get; set; }

    /// <summary>The tariff that is told and not charged, with the defect tariff-ignored; null for none.</summary>
    public GasTariffPlan? IgnoredTariff { get; set; }

    /// <summary>The block thresholds as they were told, in cubic decimetres.</summary>
    public IReadOnlyList<long> ThresholdsDm3 { get; set; } = [];

    /// <summary>The number of the tariff that holds; 0 for the one that it came with.</summary>
    public uint TariffId { get; set; }

    /// <summary>The number of the calendar of the tariff; 0 for the one that it came with.</summary>
    public uint TariffCalendarId { get; set; }

    /// <summary>The number of the calendar of <see cref="FriendlyHours"/>.</summary>
    public uint FriendlyCalendarId { get; set; }

    /// <summary>The billing periods; null for none.</summary>
    public GasBilling? Billing { get; set; }

    /// <summary>When the supply stays on without credit; null for never.</summary>
    public GasFriendlyHours? FriendlyHours { get; set; }

    /// <summary>The top-ups that were taken, oldest first.</summary>
    public List<GasTopUp> TopUps { get; init; } = [];
}

/// <summary>A row of volumes that somebody asked for.</summary>
/// <param name="Start">From when on.</param>
/// <param name="Interval">How long each is, a multiple of half an hour.</param>
/// <param name="Maximum">How many at most.</param>
internal sealed record GasSampling(DateTimeOffset Start, TimeSpan Interval, int Maximum);

/// <summary>A top-up that was taken.</summary>
/// <param name="Code">Its digits.</param>
/// <param name="Millipence">Its amount.</param>
/// <param name="Time">When, by the meter's clock.</param>
/// <param name="Source">Where it was entered: 0 ESI, 1 meter, 2 display.</param>
internal sealed record GasTopUp(string Code, int Millipence, DateTimeOffset Time, byte Source);

/// <summary>What can be done to a gas meter at a time that is named.</summary>
internal enum GasChange
{
    /// <summary>The valve goes to a <see cref="Esme.SupplyState"/>.</summary>
    Supply,

    /// <summary>The conversion factor, in hundred-thousandths.</summary>
    ConversionFactor,

    /// <summary>The calorific value, in kJ/m3.</summary>
    CalorificValue,

    /// <summary>The price of a rate, in thousandths of a penny a kWh.</summary>
    Price,

    /// <summary>The standing charge of a day, in thousandths of a penny.</summary>
    StandingCharge,

    /// <summary>A change of tenancy or supplier, with its control bits.</summary>
    Tenancy,
}

/// <summary>What is done at a time that is named.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, by the meter's clock.</param>
/// <param name="Value">The value, as <paramref name="Kind"/> says.</param>
/// <param name="Detail">The rate of a price; the snapshot cause of a tenancy.</param>
internal sealed record DatedGasChange(GasChange Kind, DateTimeOffset At, long Value, int Detail = 0);
