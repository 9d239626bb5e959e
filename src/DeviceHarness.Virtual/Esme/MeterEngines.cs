using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Virtual.Auxiliary;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Quality;
using DeviceHarness.Virtual.Scheduling;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Esme;

/// <summary>The engines of a meter and the order in which they live a slice: energy is priced before it is paid, paid before the supply
/// is looked at, and everything is counted before it is noted.</summary>
internal sealed class MeterEngines
{
    /// <summary>The script of the image transfer that activates, in the image activation schedule.</summary>
    public const ushort ActivateImageScript = 1;

    /// <summary>The script that takes a billing snapshot.</summary>
    public const ushort BillingScript = 1;

    private static readonly TimeSpan HalfHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>When a meter that nobody told bills: midnight, UTC, of the first of each month.</summary>
    private static readonly ExecutionTime FirstOfMonth = new(
        TimeSpan.Zero, new CosemDate(CosemDateTime.UnspecifiedYear, CosemDateTime.Unspecified, 1, CosemDateTime.Unspecified));

    private readonly IMeterEngine[] _living;
    private readonly IntervalRecorder[] _recorders;
    private readonly IMeterHost _host;

    public MeterEngines(EsmeModel model, IMeterFlash flash, Func<EnergyTotals> totals, Func<bool> activateImage, IMeterHost host)
    {
        Tariff = new TariffEngine(model.Tariff, model.Seed, host);
        Account = new PrepaymentEngine(model.Prepayment, host) { IsDisablementAllowed = IsDisablementAllowed };
        Tokens = new TokenGateway(model.Prepayment, model.SerialNumber, Account, host);
        LoadLimit = new LoadLimit(model.LoadLimit, host);
        Auxiliary = new AuxiliaryLoads(model.Auxiliary, () => Tariff.Offset, host);
        Quality = new VoltageQuality(model.Quality, new MeterLog("log-voltage", VoltageRows, 1, flash), host);
        Billing = new BillingLogs(flash, Tariff, Account, totals, host);
        BillingCalendar = new ScheduledAction(
            ObisCode.Parse("0-0:10.0.1.255"), BillingScript, Billing.SnapshotPeriod, host, isTold: false)
        {
            Times = [FirstOfMonth],
        };
        ImageSchedule = new ScheduledAction(ObisCode.Parse("0-0:10.0.107.255"), ActivateImageScript, activateImage, host, isTold: true);
        Battery = new BackupBattery(model.Power, host);
        MaximumImport = new MaximumDemand(counted => counted.ActiveImportWh, _ => true);
        MaximumExport = new MaximumDemand(counted => counted.ActiveExportWh, _ => true);
        MaximumInWindow = new MaximumDemand(counted => counted.ActiveImportWh, end => DemandWindow.SelectorAt(end.AddTicks(-1)) == 1);
        ImportProfile = Recorder("log-import", model.LoadProfileRows, HalfHour, counted => counted.ActiveImportWh);
        ExportProfile = Recorder("log-export", model.LoadProfileRows, HalfHour, counted => counted.ActiveExportWh);
        ReactiveProfile = Recorder("log-reactive", model.LoadProfileRows, HalfHour, counted => counted.ReactiveImportVarh);
        DailyConsumption = Recorder("log-daily-import", DailyRows, Day, counted => counted.ActiveImportWh);
        DailyExport = new MeterLog("log-daily-export", DailyReadLog.Capacity, 1, flash);
        _recorders = [ImportProfile, ExportProfile, ReactiveProfile, DailyConsumption];
        _living = [LoadLimit, Quality.Average, .. Quality.Watches, Auxiliary, BillingCalendar, ImageSchedule];
        Totals = totals;
        _host = host;

        IntervalRecorder Recorder(string record, int capacity, TimeSpan period, Func<EnergyTotals, uint> counts) =>
            new(new MeterLog(record, capacity, 1, flash), period, counts, host);
    }

    /// <summary>How many days the daily consumption log keeps.</summary>
    public const int DailyRows = 731;

    /// <summary>How many averages the voltage profile keeps.</summary>
    public const int VoltageRows = 4320;

    public TariffEngine Tariff { get; }

    public PrepaymentEngine Account { get; }

    public TokenGateway Tokens { get; }

    public LoadLimit LoadLimit { get; }

    public AuxiliaryLoads Auxiliary { get; }

    public VoltageQuality Quality { get; }

    public BillingLogs Billing { get; }

    public ScheduledAction BillingCalendar { get; }

    public ScheduledAction ImageSchedule { get; }

    public BackupBattery Battery { get; }

    public MaximumDemand MaximumImport { get; }

    public MaximumDemand MaximumExport { get; }

    public MaximumDemand MaximumInWindow { get; }

    public IntervalRecorder ImportProfile { get; }

    public IntervalRecorder ExportProfile { get; }

    public IntervalRecorder ReactiveProfile { get; }

    public IntervalRecorder DailyConsumption { get; }

    public MeterLog DailyExport { get; }

    /// <summary>When the supply stays on without credit: script 1 begins such a time, script 0 ends it.</summary>
    public SwitchTable NonDisablement { get; } = new(new SpecialDays());

    /// <summary>When the configurable maximum demand is looked at: script 1 begins such a time, script 0 ends it.</summary>
    public SwitchTable DemandWindow { get; } = new(new SpecialDays());

    /// <summary>The registers as of the slice that was lived last.</summary>
    public Func<EnergyTotals> Totals { get; }

    /// <summary>When some engine must be asked at the latest, by the meter's clock.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? next = Earlier(Tariff.NextDue, Account.NextDue);
            foreach (IMeterEngine engine in _living)
            {
                next = Earlier(next, engine.NextDue);
            }

            return next;
        }
    }

    /// <summary>Lives a slice.</summary>
    public void Live(in MeterSlice slice)
    {
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
        foreach (IMeterEngine engine in _living)
        {
            engine.Live(slice);
        }

        MaximumImport.Live(slice);
        MaximumExport.Live(slice);
        MaximumInWindow.Live(slice);
        foreach (IntervalRecorder recorder in _recorders)
        {
            recorder.Live(slice);
        }

        if (isMidnight)
        {
            Billing.NoteMidnight(midnight);
            DailyExport.Enter(midnight, _host.IsClockValid, Totals().ActiveExportWh);
        }

        if (Tariff.IsChanged)
        {
            TariffChanged();
        }
    }

    /// <summary>Prices or calendar were activated: a snapshot is due, and auxiliary loads must not notice.</summary>
    public void TariffChanged()
    {
        Billing.NoteTariffChange();
        Auxiliary.TariffChanged();
    }

    /// <summary>The clock was set, or the power is back: what was measured over time begins anew.</summary>
    public void TimeJumped()
    {
        Tariff.Reconsider();
        Auxiliary.Look();
        LoadLimit.Restart();
        Quality.Average.Forget();
        foreach (VoltageWatch watch in Quality.Watches)
        {
            watch.Restart();
        }

        MaximumImport.Forget();
        MaximumExport.Forget();
        MaximumInWindow.Forget();
    }

    /// <summary>Enters the rows that the meter would have made had it been on before.</summary>
    public void FillBack(LoadProfile profile, DateTimeOffset now, TimeSpan clockOffset, int days)
    {
        if (days == 0)
        {
            return;
        }

        IReadOnlyList<(DateTimeOffset End, EnergyTotals Totals)> past = PastEnergy.Count(profile, now, clockOffset, days);
        foreach (IntervalRecorder recorder in _recorders)
        {
            recorder.FillBack(past);
        }

        EnergyTotals present = Totals();
        uint exported = past[^1].Totals.ActiveExportWh;
        DailyExport.Fill([.. past.SkipLast(1).Where(row => row.End.TimeOfDay == TimeSpan.Zero).Select(row => new LogRow(
            row.End, true, [Math.Max(0L, present.ActiveExportWh - (long)(exported - row.Totals.ActiveExportWh))]))]);
        Billing.FillBack(past);
        Quality.Average.FillBack(profile, now, clockOffset, days);
    }

    /// <summary>What is kept without power; the rows of the logs are in flash already.</summary>
    public EngineRecord Keep() => new(
        Tariff.Keep(), Account.Keep(), Tokens.Keep(), LoadLimit.Keep(), Auxiliary.Keep(), Quality.Keep(),
        [.. BillingCalendar.Times], [.. ImageSchedule.Times], Battery.Used,
        [MaximumImport.Keep(), MaximumExport.Keep(), MaximumInWindow.Keep()], [.. _recorders.Select(recorder => recorder.Keep())],
        [.. NonDisablement.Entries], [.. NonDisablement.SpecialDays.Days], [.. DemandWindow.Entries]);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(EngineRecord kept)
    {
        Tariff.Restore(kept.Tariff);
        Account.Restore(kept.Account);
        Tokens.Restore(kept.Tokens);
        LoadLimit.Restore(kept.LoadLimit);
        Auxiliary.Restore(kept.Auxiliary);
        Quality.Restore(kept.Quality);
        BillingCalendar.Times = kept.BillingTimes;
        ImageSchedule.Times = kept.ImageTimes;
        Battery.Restore(kept.BatteryUsed);
        MaximumImport.Restore(kept.Demands[0]);
        MaximumExport.Restore(kept.Demands[1]);
        MaximumInWindow.Restore(kept.Demands[2]);
        for (int recorder = 0; recorder < _recorders.Length; recorder++)
        {
            _recorders[recorder].Restore(kept.Counted[recorder]);
        }

        NonDisablement.Replace(kept.NonDisablement);
        NonDisablement.SpecialDays.Replace(kept.NonDisablementDays);
        DemandWindow.Replace(kept.DemandWindow);
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private bool IsDisablementAllowed(DateTimeOffset now) => NonDisablement.SelectorAt(now) is not 1;
}

/// <summary>The engines as they are kept in flash.</summary>
internal sealed record EngineRecord(
    TariffRecord Tariff,
    PrepaymentRecord Account,
    TokenRecord Tokens,
    LoadLimitRecord LoadLimit,
    AuxiliaryRecord Auxiliary,
    QualityRecord Quality,
    IReadOnlyList<ExecutionTime> BillingTimes,
    IReadOnlyList<ExecutionTime> ImageTimes,
    TimeSpan BatteryUsed,
    DemandRecord[] Demands,
    uint[] Counted,
    IReadOnlyList<SwitchEntry> NonDisablement,
    IReadOnlyList<SpecialDay> NonDisablementDays,
    IReadOnlyList<SwitchEntry> DemandWindow);
