namespace DeviceHarness.Virtual.Esme;

/// <summary>The inside of the meter that its objects show: clock, supply, metrology, and the defects that are planted.</summary>
/// <remarks>Not safe for use from several threads, <see cref="Defects"/> excepted: it may be changed at any time.</remarks>
public sealed class EsmeState
{
    private readonly EnergyMetrology _metrology;
    private volatile int _defects;

    /// <summary>Creates the inside of a meter that is being switched on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    public EsmeState(EsmeModel model, TimeProvider timeProvider)
    {
        Model = model;
        Clock = new MeterClock(timeProvider, model.ClockOffset, model.IsClockValid);
        Supply = new SupplySwitch(model.InitialSupply, model.SupplyControlMode);
        _metrology = new EnergyMetrology(new LoadProfile(model.Load, model.Seed), model.InitialTotals, Clock.TrueTime);
        Defects = model.Defects;
    }

    /// <summary>What the meter is.</summary>
    public EsmeModel Model { get; }

    /// <summary>Its clock.</summary>
    public MeterClock Clock { get; }

    /// <summary>Its supply switch; move it with <see cref="MoveSupply"/>.</summary>
    public SupplySwitch Supply { get; }

    /// <summary>The defects that are planted now.</summary>
    public EsmeDefects Defects
    {
        get => (EsmeDefects)_defects;
        set => _defects = (int)value;
    }

    /// <summary>The firmware version that the meter reports.</summary>
    public string ReportedFirmwareVersion => Has(EsmeDefects.StuckVersion) ? Model.PreviousFirmwareVersion : Model.FirmwareVersion;

    /// <summary>Whether a defect is planted.</summary>
    public bool Has(EsmeDefects defect) => (Defects & defect) != 0;

    /// <summary>Counts the energy until now.</summary>
    /// <returns>The metrology as of now.</returns>
    public EnergyMetrology Settle()
    {
        _metrology.AdvanceTo(Clock.TrueTime, Supply.IsConnected);
        return _metrology;
    }

    /// <summary>Moves the supply on a command; energy up to now counts with the old state. With the defect switch-lies it says yes and
    /// moves nothing.</summary>
    /// <param name="move">The move.</param>
    /// <returns>Whether the meter says that it moved.</returns>
    public bool MoveSupply(Func<SupplySwitch, bool> move)
    {
        Settle();
        return Has(EsmeDefects.SwitchLies) || move(Supply);
    }
}
