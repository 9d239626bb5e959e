using System.Text.Json;
using DeviceHarness.Virtual.Alerts;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;
using DeviceHarness.Virtual.ZigBee.Clusters;

namespace DeviceHarness.Virtual.Gsme;

/// <summary>The inside of a gas meter: register, valve, battery, clock, tariff, account and logs.</summary>
/// <remarks>Nothing runs by itself: whoever looks makes it live until now (<see cref="Settle"/>), in slices of at most a minute. What must
/// last is in flash before the command that changed it is answered; the register at each half hour. Not safe for use from several threads,
/// <see cref="Defects"/> excepted.</remarks>
internal sealed class GasMeterState : IMeterHost, IHanClock
{
    private const string RecordName = "gas-meter";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly IMeterFlash _flash;
    private readonly SupplySwitch _switch;
    private readonly SupplyControl _supply;
    private readonly GasUseRecorder _use;
    private DateTimeOffset _livedUntil;
    private DateTimeOffset? _living;
    private bool _isDirty;
    private int _defects;

    /// <summary>Creates the inside of a meter that is being switched on.</summary>
    /// <param name="model">What it is.</param>
    /// <param name="timeProvider">What makes its time run.</param>
    /// <param name="flash">What it kept; null for a meter that was never on.</param>
    /// <exception cref="IOException">The flash cannot be read or written.</exception>
    public GasMeterState(GasMeterModel model, TimeProvider timeProvider, IMeterFlash? flash = null)
    {
        Model = model;
        _flash = flash ?? new MemoryFlash();
        Defects = model.Defects;
        Clock = new MeterClock(timeProvider, model.ClockOffset, model.IsClockValid, model.ClockDriftPartsPerMillion);
        GasRecord? kept = _flash.Read(RecordName) is byte[] json ? JsonSerializer.Deserialize(json, FlashJson.Default.GasRecord) : null;
        _livedUntil = Clock.TrueTime;
        _switch = new SupplySwitch(kept?.Valve ?? model.InitialValve, controlMode: 4);
        _supply = new SupplyControl(_switch);
        Metrology = new GasMetrology(
            new LoadProfile(model.Flow, model.Seed), kept?.VolumeDm3 ?? model.InitialVolumeDm3, kept?.EnergyWh ?? 0)
        {
            ConversionFactor = kept?.ConversionFactor ?? model.ConversionFactor,
            CalorificValue = kept?.CalorificValue ?? model.CalorificValue,
        };
        Settings = kept?.Settings ?? new GasSettings { SiteId = model.SiteId };
        FirmwareVersion = kept?.FirmwareVersion ?? model.FirmwareVersion;
        Battery = new GasBattery(model.Battery, this);
        Tariff = new TariffEngine(model.Tariff, model.Seed, this);
        Account = new PrepaymentEngine(model.Prepayment, this)
        {
            PaymentTaken = NotePayment,
            ModeChanged = NoteMode,
            IsDisablementAllowed = moment => Settings.FriendlyHours?.IsOnAt(moment) != true,
        };
        Tokens = new TokenGateway(model.Prepayment, model.SerialNumber, Account, this);
        History = new GasHistory(_flash);
        _use = new GasUseRecorder(History);
        if (kept is not null)
        {
            TakeUp(kept);
        }
        else
        {
            _use.Begin(History.FillBack(
                Metrology, Clock.TrueTime, Clock.Offset, model.HistoryDays, GasSnapshot.Of(this, 1, GasSnapshotCauses.General),
                Has(GasDefects.HalfHourLost)));
        }

        Save();
    }

    /// <summary>What the meter is.</summary>
    public GasMeterModel Model { get; }

    /// <summary>Its clock; set it with <see cref="SetClock"/>.</summary>
    public MeterClock Clock { get; }

    /// <summary>Volume, energy and flow.</summary>
    public GasMetrology Metrology { get; }

    /// <summary>Its battery.</summary>
    public GasBattery Battery { get; }

    /// <summary>Rates and prices.</summary>
    public TariffEngine Tariff { get; }

    /// <summary>The account.</summary>
    public PrepaymentEngine Account { get; }

    /// <summary>The tokens that it took.</summary>
    public TokenGateway Tokens { get; }

    /// <summary>What it noted.</summary>
    public GasHistory History { get; }

    /// <summary>Its event logs.</summary>
    public GasEvents Events { get; } = new();

    /// <summary>What it has to tell.</summary>
    public PendingAlerts Alerts { get; } = new();

    /// <summary>What clients set.</summary>
    public GasSettings Settings { get; private set; }

    /// <summary>The volume of each rate, in cubic decimetres; rate 1 first.</summary>
    public long[] TierDm3 { get; private set; } = new long[TariffEngine.Rates];

    /// <summary>The code that was entered last.</summary>
    public EventCode LastCode { get; private set; }

    /// <summary>The firmware that runs.</summary>
    public string FirmwareVersion { get; private set; }

    /// <summary>Until when fast poll was granted, as time since the meter started; null when it is over or never was.</summary>
    public TimeSpan? FastPollUntil { get; set; }

    /// <summary>The defects that are planted now.</summary>
    public GasDefects Defects
    {
        get => (GasDefects)Volatile.Read(ref _defects);
        set => Volatile.Write(ref _defects, (int)value);
    }

    /// <inheritdoc/>
    public DateTimeOffset Now => _living ?? Clock.Now;

    /// <inheritdoc/>
    public bool IsClockValid => Clock.IsValid && !Has(GasDefects.ClockUnknown);

    /// <inheritdoc/>
    public SupplyControl Supply => _supply;

    /// <summary>The valve.</summary>
    public SupplyState Valve => _switch.State;

    /// <summary>Whether gas can flow.</summary>
    public bool IsFlowing => !Battery.IsEmpty && (_switch.IsConnected || Has(GasDefects.ValveStaysOpen));

    /// <summary>The register as the meter tells it, in cubic decimetres.</summary>
    public long ToldVolumeDm3 => !Has(GasDefects.StaleReadings) ? Metrology.VolumeDm3
        : History.Days.Count == 0 ? Model.InitialVolumeDm3
        : History.Days[History.Days.Count - 1].Values[0];

    /// <summary>Whether a defect is planted.</summary>
    public bool Has(GasDefects defect) => (Defects & defect) != 0;

    /// <inheritdoc/>
    bool IMeterHost.Has(EsmeDefects defect) => false;

    /// <summary>Lives until now.</summary>
    public void Settle()
    {
        if (_living is not null)
        {
            return;
        }

        DateTimeOffset target = Clock.TrueTime;
        while (_livedUntil < target)
        {
            LiveSlice(target);
        }

        _living = null;
        if (_isDirty)
        {
            Save();
        }
    }

    /// <inheritdoc/>
    public void Enter(EventCode code)
    {
        Settle();
        EventEntry entry = new(Now, IsClockValid, code);
        LastCode = code;
        Events.Enter(entry);
        if (PendingAlerts.IsAlert(code))
        {
            Alerts.Add(entry, isLost: false);
        }

        Save();
    }

    /// <inheritdoc/>
    public void SetClock(DateTimeOffset time)
    {
        Settle();
        Clock.Set(time);
        Tariff.Reconsider();
        Enter(EventCode.ClockAdjusted);
    }

    /// <summary>A command moves the valve: off or armed from anywhere; on only where it is already.</summary>
    /// <returns>Whether it may.</returns>
    public bool TryMoveValve(SupplyState target)
    {
        Settle();
        bool isAllowed = target != SupplyState.Connected || _switch.IsConnected;
        if (isAllowed && target != _switch.State)
        {
            _switch.MoveLocally(target);
            _supply.Commanded();
        }

        Enter(isAllowed ? EventCode.CommandDone : EventCode.CommandNotDone);
        if (isAllowed && target == SupplyState.ReadyForReconnection)
        {
            Enter(EventCode.SupplyArmed);
        }

        return isAllowed;
    }

    /// <summary>The consumer opens an armed valve.</summary>
    /// <returns>Whether it was armed.</returns>
    public bool TryOpenByHand()
    {
        Settle();
        bool isDone = _switch.TryManualReconnect();
        if (isDone)
        {
            _supply.Commanded();
            Save();
        }

        return isDone;
    }

    /// <summary>Somebody opens the meter or holds a magnet to it.</summary>
    public void Tamper(EventCode code)
    {
        Enter(code);
        if (CloseFor(SupplyCause.Tamper, Settings.TamperState))
        {
            Enter(EventCode.SupplyLockedByTamper);
        }
    }

    /// <summary>Does something at its time, or now when that is over.</summary>
    public void Plan(DatedGasChange change)
    {
        Settle();
        Settings.Planned.RemoveAll(other => other.Kind == change.Kind && other.Detail == change.Detail);
        if (change.At <= Now)
        {
            Apply(change);
        }
        else
        {
            Settings.Planned.Add(change);
        }

        Save();
    }

    /// <summary>A tariff holds from its time on, or now when that is over.</summary>
    public void Plan(GasTariffPlan tariff)
    {
        Settle();
        Settings.PlannedTariff = tariff.At > Now ? tariff : null;
        if (Settings.PlannedTariff is null)
        {
            Use(tariff);
        }

        Save();
    }

    /// <summary>Takes a top-up.</summary>
    /// <param name="digits">What was entered.</param>
    /// <param name="source">Where: 0 ESI, 1 meter, 2 display.</param>
    public TokenStatus TopUp(string digits, byte source)
    {
        Settle();
        LastCode = EventCode.None;
        Tokens.Enter(digits, source switch { 0 => 0, 1 => 2, _ => 1 });
        if (Tokens.Status == TokenStatus.Executed && Utrn.ReadUnchecked(digits) is { } token)
        {
            int amount = token.Pence * TokenGateway.MillipencePerPenny;
            if (Has(GasDefects.TopUpDoubled))
            {
                Account.TryAdjust(amount);
            }

            Settings.TopUps.Add(new GasTopUp(digits, amount, Now, source));
            if (Settings.TopUps.Count > TokenGateway.RememberedTokens)
            {
                Settings.TopUps.RemoveAt(0);
            }
        }

        Save();
        return Tokens.Status;
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="cause">Why, a bit each.</param>
    /// <returns>Its number.</returns>
    public uint TakeSnapshot(uint cause)
    {
        Settle();
        MeterLog log = History.Snapshots;
        uint id = log.Count == 0 ? 1 : (uint)log[log.Count - 1].Values[0] + 1;
        log.Enter(Now, IsClockValid, GasSnapshot.Of(this, id, cause).ToRow());
        return id;
    }

    /// <summary>Another firmware runs, after a restart.</summary>
    public void RunFirmware(string version)
    {
        Settle();
        _use.Restart(Has(GasDefects.LogStopsAtRestart));
        FirmwareVersion = version;
        Enter(EventCode.FirmwareChanged);
    }

    /// <summary>Keeps what a client changed.</summary>
    public void Save()
    {
        _isDirty = _living is not null;
        if (_isDirty)
        {
            return;
        }

        GasRecord record = new(
            FirmwareVersion, _switch.State, _supply.Cause, Clock.Offset, Clock.IsValid, Clock.TrueTime, Metrology.VolumeDm3,
            Metrology.EnergyWh, Metrology.ConversionFactor, Metrology.CalorificValue, TierDm3, Battery.Used, Tariff.Keep(),
            Account.Keep(), Tokens.Keep(), Events.Entries, Settings)
        {
            Use = _use.Keep(),
        };
        _flash.Write(RecordName, JsonSerializer.SerializeToUtf8Bytes(record, FlashJson.Default.GasRecord));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private void LiveSlice(DateTimeOffset target)
    {
        DateTimeOffset from = Clock.TimeAt(_livedUntil);
        DateTimeOffset until = Earlier(target, MinuteAfter(_livedUntil));
        until = Earlier(until, Clock.TrueTimeOf(MinuteAfter(from)));
        long dm3 = Metrology.VolumeDm3;
        long wattHours = Metrology.EnergyWh;
        if (IsFlowing)
        {
            Metrology.Count(_livedUntil, until);
        }

        Battery.Sleep(until - _livedUntil);
        _livedUntil = until;
        _living = Clock.TimeAt(until);
        dm3 = Metrology.VolumeDm3 - dm3;
        Live(new MeterSlice(from, _living.Value, new EnergyTotals((uint)(Metrology.EnergyWh - wattHours), 0, 0, 0), 0, 0), dm3);
    }

    private static DateTimeOffset MinuteAfter(DateTimeOffset time) =>
        new(((time.UtcTicks / Minute.Ticks) + 1) * Minute.Ticks, TimeSpan.Zero);

    private void Live(in MeterSlice slice, long dm3)
    {
        TierDm3[Tariff.Rate - 1] += dm3;
        Tariff.Live(slice);
        if (Tariff.LastCostMillipence > 0)
        {
            Account.Consume(Tariff.LastCostMillipence);
        }

        bool isMidnight = slice.Crosses(Day, out DateTimeOffset midnight);
        if (isMidnight)
        {
            Account.ChargeStanding(Tariff.Standing.Active.MillipenceOfPeriod());
        }

        Account.Live(slice);
        foreach (DatedGasChange change in Settings.Planned.FindAll(change => change.At <= Now))
        {
            Settings.Planned.Remove(change);
            Apply(change);
        }

        if (Settings.PlannedTariff is { } tariff && tariff.At <= Now)
        {
            Settings.PlannedTariff = null;
            Use(tariff);
            Enter(EventCode.FutureCommandDone);
        }

        if (Settings.Billing is { } billing && billing.NextAfter(slice.From) <= slice.To && !Has(GasDefects.BillingIgnored))
        {
            TakeSnapshot(GasSnapshotCauses.EndOfBilling);
            Enter(EventCode.BillingLogUpdated);
        }

        if (Battery.TellLow())
        {
            CloseFor(SupplyCause.Battery, Settings.DepletionState);
        }

        _isDirty |= _use.Note(slice, Metrology.VolumeDm3, IsClockValid, Has(GasDefects.HalfHourLost));
        if (isMidnight)
        {
            History.Days.Enter(midnight, IsClockValid, Metrology.VolumeDm3);
            TakeSnapshot(GasSnapshotCauses.General);
        }
    }

    private void Apply(DatedGasChange change)
    {
        switch (change.Kind)
        {
            case GasChange.Supply:
                TryMoveValve((SupplyState)change.Value);
                break;
            case GasChange.ConversionFactor:
                Metrology.ConversionFactor = (int)change.Value;
                TakeSnapshot(GasSnapshotCauses.ConversionFactor);
                break;
            case GasChange.CalorificValue:
                Metrology.CalorificValue = (int)change.Value;
                TakeSnapshot(GasSnapshotCauses.CalorificValue);
                break;
            case GasChange.Price:
                TakeSnapshot(GasSnapshotCauses.PriceMatrix);
                GasPrices.Set(Tariff, change.Detail, change.Value);
                break;
            case GasChange.StandingCharge:
                GasPrices.SetStanding(Tariff, change.Value);
                break;
            default:
                GasTenancy.Apply(this, (uint)change.Value, (uint)change.Detail);
                break;
        }
    }

    private void Use(GasTariffPlan tariff)
    {
        TakeSnapshot(tariff.ThresholdsDm3 is null ? GasSnapshotCauses.PriceMatrix : GasSnapshotCauses.Tariff);
        Settings.TariffId = tariff.Id;
        Settings.ThresholdsDm3 = tariff.ThresholdsDm3 ?? Settings.ThresholdsDm3;
        Settings.IgnoredTariff = Has(GasDefects.TariffIgnored) ? tariff : null;
        if (Settings.IgnoredTariff is not null)
        {
            return;
        }

        GasPrices.Use(Tariff, tariff, Metrology);
    }

    // A state that leaves the valve on or as it is closes nothing.
    private bool CloseFor(SupplyCause cause, byte state)
    {
        if (state > 1 || !_switch.IsConnected)
        {
            return false;
        }

        _supply.Open(cause, isArmed: state == 1);
        return true;
    }

    private void NotePayment(long toDebt, long toRest)
    {
        if (toDebt > 0)
        {
            History.DebtPayments.Enter(Now, IsClockValid, toDebt, 2, Account.PaymentDebt);
        }
    }

    private void NoteMode() => TakeSnapshot(GasSnapshotCauses.Mode);

    private void TakeUp(GasRecord kept)
    {
        Clock.Restore(kept.ClockOffset, kept.IsClockValid, kept.SavedAt);
        _supply.Restore(kept.Cause);
        TierDm3 = kept.TierDm3;
        Battery.Restore(kept.BatteryUsed);
        Tariff.Restore(kept.Tariff);
        Account.Restore(kept.Account);
        Tokens.Restore(kept.Tokens);
        Events.Restore(kept.Events);
        _use.Restore(kept.Use, kept.SavedAt + kept.ClockOffset, Clock.Now, kept.VolumeDm3);
        _use.Restart(Has(GasDefects.LogStopsAtRestart));
    }
}
