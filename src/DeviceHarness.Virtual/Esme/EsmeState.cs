using System.Text.Json;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Application;
using DeviceHarness.Virtual.Firmware;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Objects;
using DeviceHarness.Virtual.Security;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Esme;

/// <summary>The inside of the meter that its objects show: clock, supply, metrology, engines, logs, firmware, and the defects that are
/// planted.</summary>
/// <remarks>
/// Its time is lived in slices, whenever somebody looks (<see cref="Settle"/>): what is read or written meets the state of that moment.
/// What must outlast a power cut is in flash before the command that changed it is answered; registers are kept when the power fails, as a
/// meter does with its last charge, and with every event. Not safe for use from several threads, <see cref="Defects"/> excepted: it may be
/// changed at any time.
/// </remarks>
public sealed class EsmeState : IImageHost, IMeterHost, ICosemHost
{
    private const string RecordName = "meter";
    private static readonly TimeSpan LongOutage = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly HashSet<MeterCover> _openCovers = [];
    private readonly IMeterFlash _flash;
    private readonly SupplyControl _supply;
    private readonly EnergyMetrology _metrology;
    private DateTimeOffset _livedUntil;
    private DateTimeOffset? _living;
    private bool _isDirty;
    private long _defects;

    /// <summary>Creates the inside of a meter that is being switched on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    /// <param name="flash">What it kept when it was last without power; null for a meter that was never on.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public EsmeState(EsmeModel model, TimeProvider timeProvider, IMeterFlash? flash = null)
    {
        Model = model;
        _flash = flash ?? new MemoryFlash();
        Defects = model.Defects;
        Clock = new MeterClock(timeProvider, model.ClockOffset, model.IsClockValid, model.ClockDriftPartsPerMillion);
        MeterRecord? kept = _flash.Read(RecordName) is byte[] json ? JsonSerializer.Deserialize(json, FlashJson.Default.MeterRecord) : null;
        Security = new MeterSecurity(model, _flash, forgetsCounters: kept is not null && Has(EsmeDefects.InvocationCounterReset));
        Supply = new SupplySwitch(kept?.Supply ?? model.InitialSupply, model.SupplyControlMode);
        _supply = new SupplyControl(Supply);
        FirmwareVersion = kept?.FirmwareVersion ?? model.FirmwareVersion;
        PreviousFirmwareVersion = kept?.PreviousFirmwareVersion ?? model.PreviousFirmwareVersion;
        LoadProfile profile = new(model.Load, model.Seed);
        _livedUntil = Clock.TrueTime;
        _metrology = new EnergyMetrology(profile, kept?.Totals ?? model.InitialTotals, _livedUntil);
        Image = new ImageTransfer(model.FirmwareUpdate, _flash, this);
        Engines = new MeterEngines(
            model, _flash, () => _metrology.Totals, () => Image.Activate() == Codecs.Dlms.ActionResult.TemporaryFailure, this);
        if (kept is null)
        {
            DailyReads.FillBack(profile, Clock.TrueTime, Clock.Offset, model.InitialTotals.ActiveImportWh);
            Engines.FillBack(profile, Clock.TrueTime, Clock.Offset, model.HistoryDays);
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

    /// <summary>The alerts that wait for being pushed; lost with the power.</summary>
    public PendingAlerts Alerts { get; } = new();

    /// <summary>Whether somebody waits for alerts: the meter then looks by itself, once a minute.</summary>
    public bool IsWatched { get; set; }

    /// <summary>What the bench loads the meter with besides its house and auxiliary loads, in watts.</summary>
    public int BenchLoadWatts { get; set; }

    /// <summary>The firmware version that runs.</summary>
    public string FirmwareVersion { get; private set; }

    /// <summary>The firmware version before it.</summary>
    public string PreviousFirmwareVersion { get; private set; }

    /// <summary>The defects that are planted now.</summary>
    public EsmeDefects Defects
    {
        get => (EsmeDefects)Interlocked.Read(ref _defects);
        set => Interlocked.Exchange(ref _defects, (long)value);
    }

    /// <summary>The firmware version that the meter reports.</summary>
    public string ReportedFirmwareVersion => Has(EsmeDefects.StuckVersion) ? PreviousFirmwareVersion : FirmwareVersion;

    /// <inheritdoc/>
    public TimeSpan Elapsed => Clock.Elapsed;

    /// <summary>When <see cref="RunDue"/> is due, as time since the meter process started; null when nothing is.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? due = Power.IsRunning ? Image.NextDue : Power.BackAt;
            if (!Power.IsRunning || !IsLookingByItself)
            {
                return due;
            }

            TimeSpan look = Elapsed + TimeToNextLook();
            return due < look ? due : look;
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset Now => _living ?? Clock.Now;

    /// <inheritdoc/>
    bool IMeterHost.IsClockValid => Clock.IsValid;

    /// <inheritdoc/>
    SupplyControl IMeterHost.Supply => _supply;

    /// <inheritdoc/>
    VirtualDeviceModel ICosemHost.Model => Model;

    /// <inheritdoc/>
    MeterSecurity ICosemHost.Security => Security;

    /// <summary>The supply that it gives to the comms hub on it.</summary>
    public SupplyFeed HubSupply { get; } = new();

    /// <summary>The supply that the bench gives to it.</summary>
    public SupplyFeed MainsSupply { get; } = new();

    /// <summary>Its keys, invocation counters and failed authentications.</summary>
    internal MeterSecurity Security { get; }

    /// <summary>Tariff, account, limits, schedules.</summary>
    internal MeterEngines Engines { get; }

    /// <summary>What clients wrote into plain data objects.</summary>
    internal MeterSettings Settings { get; } = new();

    // An activation at a given time happens whether or not somebody talks to the meter then.
    private bool IsLookingByItself => IsWatched || Engines.ImageSchedule.Times.Count > 0;

    private bool IsConsuming => Power.IsRunning && Supply.IsConnected;

    /// <inheritdoc/>
    public bool Has(EsmeDefects defect) => (Defects & defect) != 0;

    /// <summary>Does what has fallen due inside: the power returns, a verification ends, a restart begins.</summary>
    public void RunDue()
    {
        if (!Power.IsRunning && Power.BackAt is TimeSpan back && Elapsed >= back)
        {
            PowerOn();
        }

        if (!Power.IsRunning)
        {
            return;
        }

        if (IsLookingByItself)
        {
            Settle();
        }

        Image.RunDue();
    }

    /// <summary>Lives until now: counts the energy and does what the engines have to do on the way.</summary>
    /// <returns>The metrology as of now.</returns>
    public EnergyMetrology Settle()
    {
        if (_living is not null)
        {
            return _metrology;
        }

        DateTimeOffset target = Clock.TrueTime;
        while (Power.IsRunning && _livedUntil < target)
        {
            LiveSlice(target);
        }

        _living = null;
        _metrology.ExtraLoadWatts = Engines.Auxiliary.Watts + BenchLoadWatts;
        _metrology.AdvanceTo(target, IsConsuming);
        if (_isDirty)
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
        if (isDone && !Has(EsmeDefects.SwitchLies))
        {
            _supply.Commanded();
        }

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
        Engines.TimeJumped();
        Enter(EventCode.ClockAdjusted);
    }

    /// <inheritdoc/>
    public void Enter(EventCode code)
    {
        Settle();
        EventEntry entry = new(Now, Clock.IsValid, code);
        if (!Has(EsmeDefects.EventMissing) || !EventLogs.IsEvent(code))
        {
            Logs.Enter(entry);
        }

        if (PendingAlerts.IsAlert(code))
        {
            Alerts.Add(entry, Has(EsmeDefects.AlertLost));
        }

        Save();
    }

    /// <summary>Clears the event log, which then holds that it was cleared.</summary>
    public void ClearEventLog()
    {
        Logs.ClearEvents();
        Enter(EventCode.LogCleared);
    }

    /// <summary>The bench forces the voltage of the network.</summary>
    /// <param name="decivolts">In tenths of a volt; null leaves it to the network.</param>
    public void ForceVoltage(int? decivolts)
    {
        Settle();
        _metrology.ForcedDecivolts = decivolts;
    }

    /// <summary>Somebody opens the meter or holds a magnet to it: the supply tamper state says whether that costs the supply.</summary>
    /// <param name="code">What is noticed.</param>
    public void Tamper(EventCode code)
    {
        Enter(code);
        if (Settings.IsSupplyLockedByTamper)
        {
            _supply.Open(SupplyCause.Tamper);
            Enter(EventCode.SupplyLockedByTamper);
        }
    }

    /// <summary>A cover switch moves; nothing happens when it stands so already.</summary>
    /// <param name="cover">The cover.</param>
    /// <param name="isOpen">Whether the cover is off.</param>
    public void MoveCover(MeterCover cover, bool isOpen)
    {
        bool hasMoved = isOpen ? _openCovers.Add(cover) : _openCovers.Remove(cover);
        if (!hasMoved || Has(EsmeDefects.TamperLost))
        {
            return;
        }

        bool isMeter = cover == MeterCover.Meter;
        if (isOpen)
        {
            Tamper(isMeter ? EventCode.CoverRemoved : EventCode.TerminalCoverRemoved);
        }
        else
        {
            Enter(isMeter ? EventCode.CoverClosed : EventCode.TerminalCoverClosed);
        }
    }

    /// <inheritdoc/>
    public void CutPower() => PowerOff(Model.Power.OffTime);

    /// <summary>The power fails: nothing runs, nothing counts, what is in flash stays.</summary>
    /// <param name="duration">How long; null until <see cref="PowerOn"/>.</param>
    public void PowerOff(TimeSpan? duration)
    {
        Settle();
        Save();
        Alerts.Clear();
        Power.Fail(Clock.TrueTime, Elapsed + duration);
        DateTimeOffset now = Clock.TrueTime;
        MainsSupply.Interrupt(now, now + duration);
        HubSupply.Interrupt(now, now + duration);
    }

    /// <summary>The power is back, or the restart is over.</summary>
    public void PowerOn()
    {
        if (Power.IsRunning)
        {
            return;
        }

        // Nothing was consumed meanwhile, and no midnight noted.
        SkipToNow();
        bool isOutage = Power.IsOutage;
        DateTimeOffset since = Power.OutageSince;
        Power.Start();
        Security.Start(Has(EsmeDefects.InvocationCounterReset));
        if (isOutage)
        {
            MainsSupply.Restore(Clock.TrueTime);
            HubSupply.Restore(Clock.TrueTime);
            NoteOutage(since);
        }

        Engines.TimeJumped();
        Image.OnPowerOn(isOutage);
    }

    /// <inheritdoc/>
    public void Restart(TimeSpan silence)
    {
        Settle();
        Save();
        Power.Restart(Elapsed + silence);
        if (Has(EsmeDefects.HubPowerCut))
        {
            HubSupply.Interrupt(Clock.TrueTime, Clock.TrueTime + Model.FirmwareUpdate.HubOffTime);
        }
    }

    /// <inheritdoc/>
    void IObjectHost.Settle() => Settle();

    /// <inheritdoc/>
    void IObjectHost.Keep() => Keep();

    /// <inheritdoc/>
    void ICosemHost.OnLinkOpened() => Image.OnLinkOpened();

    /// <inheritdoc/>
    public void RunFirmware(string version)
    {
        PreviousFirmwareVersion = FirmwareVersion;
        FirmwareVersion = version;
        Save();
    }

    /// <summary>Keeps what a client changed.</summary>
    internal void Keep() => Save();

    private TimeSpan TimeToNextLook()
    {
        DateTimeOffset minute = NextMinute(Clock.Now);
        DateTimeOffset next = Engines.NextDue is DateTimeOffset due && due < minute ? due : minute;
        TimeSpan left = next - Clock.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static DateTimeOffset NextMinute(DateTimeOffset time) =>
        new(((time.UtcTicks / Minute.Ticks) + 1) * Minute.Ticks, TimeSpan.Zero);

    private void LiveSlice(DateTimeOffset target)
    {
        DateTimeOffset from = Clock.TimeAt(_livedUntil);
        DateTimeOffset slotEnd = new((LoadProfile.SlotOf(_livedUntil) + 1) * LoadProfile.Slot.Ticks, TimeSpan.Zero);
        DateTimeOffset until = Earlier(Earlier(target, slotEnd), Clock.TrueTimeOf(NextMinute(from)));
        if (Engines.NextDue is DateTimeOffset due && due > from)
        {
            until = Earlier(until, Clock.TrueTimeOf(due));
        }

        EnergyTotals before = _metrology.Totals;
        _metrology.ExtraLoadWatts = Engines.Auxiliary.Watts + BenchLoadWatts;
        _metrology.AdvanceTo(until, IsConsuming);
        _livedUntil = until;
        _living = Clock.TimeAt(until);
        MeterSlice slice = new(
            from, _living.Value, _metrology.Totals.Since(before), _metrology.CountedNetWatts, _metrology.CountedDecivolts);
        Engines.Live(slice);
        if (slice.Crosses(Day, out DateTimeOffset midnight))
        {
            DailyReads.Enter(new DailyReading(midnight, Clock.IsValid, _metrology.Totals.ActiveImportWh));
            _isDirty = true;
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private void SkipToNow()
    {
        _livedUntil = Clock.TrueTime;
        _metrology.AdvanceTo(_livedUntil, supplyConnected: false);
    }

    private void TakeUp(MeterRecord kept)
    {
        Clock.Restore(kept.ClockOffset, kept.IsClockValid, kept.SavedAt);
        Logs.Restore(kept.Events);
        foreach (DailyReading reading in kept.DailyReadings)
        {
            DailyReads.Enter(reading);
        }

        _supply.Restore(kept.SupplyCause);
        if (kept.Settings is not null && kept.Engines is not null)
        {
            Settings.Restore(kept.Settings);
            Engines.Restore(kept.Engines);
        }

        NoteOutage(kept.SavedAt);
        Engines.TimeJumped();
        Image.OnPowerOn(wasOutage: true);
    }

    private void NoteOutage(DateTimeOffset since)
    {
        Logs.Enter(new EventEntry(Clock.TimeAt(since), Clock.IsValid, EventCode.PowerInterrupted));
        Engines.Battery.Discharge(Clock.TrueTime - since);
        if (!Model.Power.IsClockKept || Engines.Battery.IsEmpty)
        {
            Clock.Lose();
        }

        Enter(Clock.TrueTime - since >= LongOutage ? EventCode.PowerRestoredAfterLong : EventCode.PowerRestored);
        Engines.Battery.Tell();
    }

    // While a slice is lived, everything that happens in it is kept at once, at its end.
    private void Save()
    {
        _isDirty = _living is not null;
        if (_isDirty)
        {
            return;
        }

        MeterRecord record = new(
            FirmwareVersion, PreviousFirmwareVersion, Supply.State, Clock.Offset, Clock.IsValid, _metrology.Totals, Clock.TrueTime,
            [.. Logs.Events, .. Logs.Security, .. Logs.Power], DailyReads.Rows, _supply.Cause, Settings.Values, Engines.Keep());
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.MeterRecord));
    }
}
