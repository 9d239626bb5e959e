using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>A meter around one engine: it remembers what was entered, and its time is that of the last slice.</summary>
internal sealed class ListedHost : IMeterHost
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly SupplySwitch _switch = new(SupplyState.Connected, 4);
    private SupplyControl? _supply;

    public DateTimeOffset Now { get; set; } = Start;

    public bool IsClockValid { get; set; } = true;

    public SupplyControl Supply => _supply ??= new SupplyControl(_switch);

    public EsmeDefects Defects { get; set; }

    public List<EventCode> Events { get; } = [];

    public bool Has(EsmeDefects defect) => (Defects & defect) != 0;

    public void Enter(EventCode code) => Events.Add(code);

    public bool PressButton() => _switch.TryManualReconnect();

    /// <summary>Lives one slice from now on.</summary>
    public MeterSlice Live(IMeterEngine engine, TimeSpan length, uint importWh = 0, int watts = 0, int decivolts = 2300)
    {
        MeterSlice slice = Slice(length, importWh, watts, decivolts);
        engine.Live(slice);
        return slice;
    }

    /// <summary>Lives slices of a minute at most, as a meter does.</summary>
    public void LiveMinutes(IMeterEngine engine, int minutes, int watts = 0, int decivolts = 2300)
    {
        for (int minute = 0; minute < minutes; minute++)
        {
            Live(engine, TimeSpan.FromMinutes(1), 0, watts, decivolts);
        }
    }

    public MeterSlice Slice(TimeSpan length, uint importWh = 0, int watts = 0, int decivolts = 2300)
    {
        DateTimeOffset from = Now;
        Now += length;
        return new MeterSlice(from, Now, new EnergyTotals(importWh, 0, 0, 0), watts, decivolts);
    }
}
