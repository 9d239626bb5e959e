using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>Integrates the flow of gas over time into a volume, and turns the volume into energy.</summary>
/// <remarks>
/// Exact in integers, what is less than a cubic decimetre or a watt-hour is carried. Energy of a volume: m3 × conversion factor ×
/// calorific value (MJ/m3) ÷ 3.6 = kWh. The flow is a <see cref="LoadProfile"/> whose watts are cubic decimetres an hour.
/// </remarks>
internal sealed class GasMetrology(LoadProfile flow, long volumeDm3, long energyWh)
{
    /// <summary>A conversion factor of 1.</summary>
    public const int ConversionUnit = 100_000;

    /// <summary>A calorific value of 1 MJ/m3.</summary>
    public const int CalorificUnit = 1_000;

    // dm3 × MJ/m3 is kJ, and 3.6 kJ are a Wh.
    private const long UnitsPerWattHour = ConversionUnit * (CalorificUnit * 36L / 10);

    private long _ticksOfDm3;
    private long _unitsOfWattHour;

    /// <summary>The volume register, in cubic decimetres.</summary>
    public long VolumeDm3 { get; private set; } = volumeDm3;

    /// <summary>The energy register, in Wh.</summary>
    public long EnergyWh { get; private set; } = energyWh;

    /// <summary>The conversion factor, in hundred-thousandths.</summary>
    public int ConversionFactor { get; set; }

    /// <summary>The calorific value, in kJ/m3.</summary>
    public int CalorificValue { get; set; }

    /// <summary>The flow in a minute when the valve is open, in cubic decimetres an hour.</summary>
    public int FlowAt(DateTimeOffset moment) => flow.LoadWatts(LoadProfile.SlotOf(moment));

    /// <summary>Counts what flowed within one minute.</summary>
    /// <param name="from">The beginning, true time.</param>
    /// <param name="to">The end, in the same minute.</param>
    public void Count(DateTimeOffset from, DateTimeOffset to)
    {
        long ticks = _ticksOfDm3 + (FlowAt(from) * (to - from).Ticks);
        long dm3 = ticks / TimeSpan.TicksPerHour;
        _ticksOfDm3 = ticks % TimeSpan.TicksPerHour;
        VolumeDm3 += dm3;
        long units = _unitsOfWattHour + (dm3 * ConversionFactor * CalorificValue);
        EnergyWh += units / UnitsPerWattHour;
        _unitsOfWattHour = units % UnitsPerWattHour;
    }

    /// <summary>The energy of a volume, in Wh, rounded down.</summary>
    public long EnergyOf(long dm3) => dm3 * ConversionFactor * CalorificValue / UnitsPerWattHour;
}
