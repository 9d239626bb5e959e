using System.Text.Json;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Esme;

/// <summary>The inside of the meter that its objects show: clock, supply, metrology, logs, firmware, and the defects that are
/// planted.</summary>
/// <remarks>What must outlast a power cut is in flash before the command that changed it is answered; registers are kept when the power
/// fails, as a meter does with its last charge, and with every event. Not safe for use from several threads, <see cref="Defects"/>
/// excepted: it may be changed at any time.</remarks>
public sealed class EsmeState : IImageHost
{
    private const string RecordName = "meter";
    private static readonly TimeSpan LongOutage = TimeSpan.FromMinutes(3);

    private readonly IMeterFlash _flash;
    private readonly LoadProfile _profile;
    private EnergyMetrology _metrology;
    private DateTimeOffset _nextMidnight;
    private volatile int _defects;

    /// <summary>Creates the inside of a meter that is being switched on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    /// <param name="flash">What it kept when it was last without power; null for a meter that was never on.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public EsmeState(EsmeModel model, TimeProvider timeProvider, IMeterFlash? flash = null)
    {
        Model = model;
        _flash = flash ?? new MemoryFlash();
        _profile = new LoadProfile(model.Load, model.Seed);
        Defects = model.Defects;
        Clock = new MeterClock(timeProvider, model.ClockOffset, model.IsClockValid);
        MeterRecord? kept = _flash.Read(RecordName) is byte[] json ? JsonSerializer.Deserialize<MeterRecord>(json) : null;
        Supply = new SupplySwitch(kept?.Supply ?? model.InitialSupply, model.SupplyControlMode);
        FirmwareVersion = kept?.FirmwareVersion ?? model.FirmwareVersion;
        PreviousFirmwareVersion = kept?.PreviousFirmwareVersion ?? model.PreviousFirmwareVersion;
        _metrology = new EnergyMetrology(_profile, kept?.Totals ?? model.InitialTotals, Clock.TrueTime);
        Image = new ImageTransfer(model.FirmwareUpdate, _flash, this);
        if (kept is null)
        {
            DailyReads.FillBack(_profile, Clock.TrueTime, Clock.Offset, model.InitialTotals.ActiveImportWh);
            _nextMidnight = DailyReadLog.MidnightAfter(Clock.Now);
            Save();
        }
        else
        {
            TakeUp(kept);
        }
    }

    /// <summary>What the meter is.</summary>
    public EsmeModel Model { get; }

    /// <summary>Its clock; set it with <see cref="ChangeClock"/>.</summary>
    public MeterClock Clock { get; }

    /// <summary>Its supply switch; move it with <see cref="MoveSupply"/>.</summary>
    public SupplySwitch Supply { get; }

    /// <summary>Its power.</summary>
    public MeterPower Power { get; } = new();

    /// <summary>Its event logs; enter with <see cref="Enter"/>.</summary>
    public EventLogs Logs { get; } = new();

    /// <summary>Its daily read log, as of the last <see cref="Settle"/>.</summary>
    public DailyReadLog DailyReads { get; } = new();

    /// <summary>Its image transfer.</summary>
    public ImageTransfer Image { get; }

    /// <summary>The firmware version that runs.</summary>
    public string FirmwareVersion { get; private set; }

    /// <summary>The firmware version before it.</summary>
    public string PreviousFirmwareVersion { get; private set; }

    /// <summary>The defects that are planted now.</summary>
    public EsmeDefects Defects
    {
        get => (EsmeDefects)_defects;
        set => _defects = (int)value;
    }

    /// <summary>The firmware version that the meter reports.</summary>
    public string ReportedFirmwareVersion => Has(EsmeDefects.StuckVersion) ? PreviousFirmwareVersion : FirmwareVersion;

    /// <inheritdoc/>
    public TimeSpan Elapsed => Clock.Elapsed;

    /// <summary>When <see cref="RunDue"/> is due, as time since the meter process started; null when nothing is.</summary>
    public TimeSpan? NextDue => Power.IsRunning ? Image.NextDue : Power.BackAt;

    /// <inheritdoc/>
    public bool Has(EsmeDefects defect) => (Defects & defect) != 0;

    /// <summary>Does what has fallen due inside: the power returns, a verification ends, a restart begins.</summary>
    public void RunDue()
    {
        if (!Power.IsRunning && Power.BackAt is TimeSpan back && Elapsed >= back)
        {
            PowerOn();
        }

        if (Power.IsRunning)
        {
            Image.RunDue();
        }
    }

    /// <summary>Counts the energy until now, with a row of the daily read log for each midnight that passed with power.</summary>
    /// <returns>The metrology as of now.</returns>
    public EnergyMetrology Settle()
    {
        bool isRowMade = false;
        for (; Power.IsRunning && _nextMidnight <= Clock.Now; _nextMidnight = _nextMidnight.AddDays(1))
        {
            _metrology.AdvanceTo(_nextMidnight - Clock.Offset, IsConsuming);
            DailyReads.Enter(new DailyReading(_nextMidnight, Clock.IsValid, _metrology.Totals.ActiveImportWh));
            isRowMade = true;
        }

        _metrology.AdvanceTo(Clock.TrueTime, IsConsuming);
        if (isRowMade)
        {
            Save();
        }

        return _metrology;
    }

    /// <summary>Moves the supply on a command; energy up to now counts with the old state. With the defect switch-lies it says yes and
    /// moves nothing.</summary>
    /// <param name="move">The move.</param>
    /// <returns>Whether the meter says that it moved.</returns>
    public bool MoveSupply(Func<SupplySwitch, bool> move)
    {
        Settle();
        SupplyState before = Supply.State;
        bool isDone = Has(EsmeDefects.SwitchLies) || move(Supply);
        Enter(isDone ? EventCode.CommandDone : EventCode.CommandNotDone);
        if (Supply.State == SupplyState.ReadyForReconnection && before != Supply.State)
        {
            Enter(EventCode.SupplyArmed);
        }

        return isDone;
    }

    /// <summary>Sets or shifts the clock; the rows of midnights that passed are made first.</summary>
    /// <param name="change">The change.</param>
    public void ChangeClock(Action<MeterClock> change)
    {
        Settle();
        change(Clock);
        _nextMidnight = DailyReadLog.MidnightAfter(Clock.Now);
        Enter(EventCode.ClockAdjusted);
    }

    /// <inheritdoc/>
    public void Enter(EventCode code)
    {
        Settle();
        if (!Has(EsmeDefects.EventMissing) || !EventLogs.IsEvent(code))
        {
            Logs.Enter(new EventEntry(Clock.Now, Clock.IsValid, code));
        }

        Save();
    }

    /// <summary>Clears the event log, which then holds that it was cleared.</summary>
    public void ClearEventLog()
    {
        Logs.ClearEvents();
        Enter(EventCode.LogCleared);
    }

    /// <inheritdoc/>
    public void CutPower() => PowerOff(Model.Power.OffTime);

    /// <summary>The power fails: nothing runs, nothing counts, what is in flash stays.</summary>
    /// <param name="duration">How long; null until <see cref="PowerOn"/>.</param>
    public void PowerOff(TimeSpan? duration)
    {
        Settle();
        Save();
        Power.Fail(Clock.TrueTime, Elapsed + duration);
    }

    /// <summary>The power is back, or the restart is over.</summary>
    public void PowerOn()
    {
        if (Power.IsRunning)
        {
            return;
        }

        // Nothing was consumed meanwhile, and no midnight noted.
        _metrology.AdvanceTo(Clock.TrueTime, supplyConnected: false);
        _nextMidnight = DailyReadLog.MidnightAfter(Clock.Now);
        bool isOutage = Power.IsOutage;
        DateTimeOffset since = Power.OutageSince;
        Power.Start();
        if (isOutage)
        {
            NoteOutage(since);
        }

        Image.OnPowerOn();
    }

    /// <inheritdoc/>
    public void Restart(TimeSpan silence)
    {
        Settle();
        Save();
        Power.Restart(Elapsed + silence);
    }

    /// <inheritdoc/>
    public void RunFirmware(string version)
    {
        PreviousFirmwareVersion = FirmwareVersion;
        FirmwareVersion = version;
        Save();
    }

    private bool IsConsuming => Power.IsRunning && Supply.IsConnected;

    private void TakeUp(MeterRecord kept)
    {
        Clock.Restore(kept.ClockOffset, kept.IsClockValid);
        Logs.Restore(kept.Events);
        foreach (DailyReading reading in kept.DailyReadings)
        {
            DailyReads.Enter(reading);
        }

        _nextMidnight = DailyReadLog.MidnightAfter(Clock.Now);
        NoteOutage(kept.SavedAt);
        Image.OnPowerOn();
    }

    private void NoteOutage(DateTimeOffset since)
    {
        Logs.Enter(new EventEntry(since + Clock.Offset, Clock.IsValid, EventCode.PowerInterrupted));
        if (!Model.Power.IsClockKept)
        {
            Clock.Lose();
            _nextMidnight = DailyReadLog.MidnightAfter(Clock.Now);
        }

        Enter(Clock.TrueTime - since >= LongOutage ? EventCode.PowerRestoredAfterLong : EventCode.PowerRestored);
    }

    private void Save()
    {
        MeterRecord record = new(
            FirmwareVersion, PreviousFirmwareVersion, Supply.State, Clock.Offset, Clock.IsValid, _metrology.Totals, Clock.TrueTime,
            [.. Logs.Events, .. Logs.Security, .. Logs.Power], DailyReads.Rows);
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record));
    }
}
