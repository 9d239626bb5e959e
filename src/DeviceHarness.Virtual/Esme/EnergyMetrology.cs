namespace DeviceHarness.Virtual.Esme;

/// <summary>Integrates power over time into the total registers.</summary>
/// <remarks>Exact in integers: what is less than a watt-hour is carried, so that reading often never loses energy. A register rolls over
/// after
/// 4,294,967,295 as its type does. Not safe for use from several threads.</remarks>
public sealed class EnergyMetrology
{
    /// <summary>Reactive power of the load in thousandths of its active power: a power factor of about 0.95.</summary>
    public const int ReactivePermilleOfLoad = 330;

    /// <summary>Reactive power of the generator in thousandths of its active power.</summary>
    public const int ReactivePermilleOfGeneration = 50;

    private const int Permille = 1000;

    private readonly LoadProfile _profile;
    private Accumulator _activeImport;
    private Accumulator _activeExport;
    private Accumulator _reactiveImport;
    private Accumulator _reactiveExport;
    private DateTimeOffset _settledUntil;

    /// <summary>Creates the metrology.</summary>
    /// <param name="profile">What is consumed and generated, when.</param>
    /// <param name="initial">The registers at the start.</param>
    /// <param name="start">The moment from which energy counts.</param>
    public EnergyMetrology(LoadProfile profile, EnergyTotals initial, DateTimeOffset start)
    {
        _profile = profile;
        _activeImport = new Accumulator(initial.ActiveImportWh);
        _activeExport = new Accumulator(initial.ActiveExportWh);
        _reactiveImport = new Accumulator(initial.ReactiveImportVarh);
        _reactiveExport = new Accumulator(initial.ReactiveExportVarh);
        _settledUntil = start;
    }

    /// <summary>The registers as of the last <see cref="AdvanceTo"/>.</summary>
    public EnergyTotals Totals => new(_activeImport.Units, _activeExport.Units, _reactiveImport.Units, _reactiveExport.Units);

    /// <summary>Active power import in watts as of the last <see cref="AdvanceTo"/>; 0 while exporting or disconnected.</summary>
    public int ActiveImportWatts { get; private set; }

    /// <summary>Voltage in tenths of a volt as of the last <see cref="AdvanceTo"/>; the network side has it whatever the switch
    /// does.</summary>
    public int Decivolts { get; private set; }

    /// <summary>What is on besides the profile's load, in watts: auxiliary loads, or a load bank of the bench.</summary>
    public int ExtraLoadWatts { get; set; }

    /// <summary>The voltage that the bench forces, in tenths of a volt; null for that of the profile.</summary>
    public int? ForcedDecivolts { get; set; }

    /// <summary>Power from the network in the minute that was counted last, in watts; negative while exporting, 0 while
    /// disconnected.</summary>
    public int CountedNetWatts { get; private set; }

    /// <summary>Voltage in the minute that was counted last, in tenths of a volt.</summary>
    public int CountedDecivolts { get; private set; }

    /// <summary>Counts the energy up to a moment; a moment in the past counts nothing.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="supplyConnected">Whether the supply was connected since the last call.</param>
    public void AdvanceTo(DateTimeOffset now, bool supplyConnected)
    {
        while (_settledUntil < now)
        {
            long slot = LoadProfile.SlotOf(_settledUntil);
            long slotEndTicks = (slot + 1) * LoadProfile.Slot.Ticks;
            long untilTicks = Math.Min(slotEndTicks, now.UtcTicks);
            CountedNetWatts = NetWatts(slot, supplyConnected);
            CountedDecivolts = ForcedDecivolts ?? _profile.Decivolts(slot);
            if (supplyConnected)
            {
                Count(slot, untilTicks - _settledUntil.UtcTicks);
            }

            _settledUntil = new DateTimeOffset(untilTicks, TimeSpan.Zero);
        }

        long present = LoadProfile.SlotOf(_settledUntil);
        ActiveImportWatts = Math.Max(0, NetWatts(present, supplyConnected));
        Decivolts = ForcedDecivolts ?? _profile.Decivolts(present);
    }

    private int NetWatts(long slot, bool supplyConnected) =>
        supplyConnected ? _profile.LoadWatts(slot) + ExtraLoadWatts - _profile.GenerationWatts(slot) : 0;

    private void Count(long slot, long ticks)
    {
        long load = _profile.LoadWatts(slot) + ExtraLoadWatts;
        long generation = _profile.GenerationWatts(slot);
        _activeImport.Add(Math.Max(0, load - generation), ticks);
        _activeExport.Add(Math.Max(0, generation - load), ticks);
        _reactiveImport.Add(load * ReactivePermilleOfLoad / Permille, ticks);
        _reactiveExport.Add(generation * ReactivePermilleOfGeneration / Permille, ticks);
    }

    private struct Accumulator(uint units)
    {
        private long _remainderWattTicks;

        public uint Units { get; private set; } = units;

        public void Add(long watts, long ticks)
        {
            long wattTicks = _remainderWattTicks + (watts * ticks);
            Units = unchecked(Units + (uint)(wattTicks / TimeSpan.TicksPerHour));
            _remainderWattTicks = wattTicks % TimeSpan.TicksPerHour;
        }
    }
}
