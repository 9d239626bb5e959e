using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Prepayment;
using DeviceHarness.Virtual.Tariff;

namespace DeviceHarness.Virtual.Logs;

/// <summary>What the meter notes about money: snapshots by calendar and at changes, payments, and the account at each
/// midnight.</summary>
/// <remarks>Object codes of the GB list, as the domain guide gives them; which columns a row has is the harness's choice.</remarks>
internal sealed class BillingLogs
{
    /// <summary>How many rates a snapshot has.</summary>
    public const int SnapshotRates = 8;

    /// <summary>How many snapshots are kept.</summary>
    public const int SnapshotCapacity = 12;

    private const int PaymentCapacity = 10;
    private const int DailyCapacity = 31;
    private const int SnapshotColumns = 3 + SnapshotRates;
    private const int DailyColumns = 6;

    private readonly TariffEngine _tariff;
    private readonly PrepaymentEngine _account;
    private readonly Func<EnergyTotals> _totals;
    private readonly IMeterHost _host;

    public BillingLogs(IMeterFlash flash, TariffEngine tariff, PrepaymentEngine account, Func<EnergyTotals> totals, IMeterHost host)
    {
        _tariff = tariff;
        _account = account;
        _totals = totals;
        _host = host;
        Periods = new MeterLog("log-billing", SnapshotCapacity, SnapshotColumns, flash);
        Changes = new MeterLog("log-changes", SnapshotCapacity, SnapshotColumns, flash);
        DebtPayments = new MeterLog("log-debt-payments", PaymentCapacity, 2, flash);
        Credits = new MeterLog("log-credits", PaymentCapacity, 2, flash);
        Daily = new MeterLog("log-account", DailyCapacity, DailyColumns, flash);
        account.PaymentTaken = NotePayment;
        account.ModeChanged = () => Snapshot(Changes);
    }

    /// <summary>Snapshots by the billing calendar.</summary>
    public MeterLog Periods { get; }

    /// <summary>Snapshots at a change of mode or tariff.</summary>
    public MeterLog Changes { get; }

    /// <summary>What payments paid of the payment debt, and what is left of it.</summary>
    public MeterLog DebtPayments { get; }

    /// <summary>What payments brought besides, and the balance afterwards.</summary>
    public MeterLog Credits { get; }

    /// <summary>The account at each midnight.</summary>
    public MeterLog Daily { get; }

    /// <summary>Takes a snapshot by the calendar.</summary>
    public bool SnapshotPeriod()
    {
        Snapshot(Periods);
        _host.Enter(EventCode.BillingLogUpdated);
        return true;
    }

    /// <summary>Takes a snapshot because the tariff changed.</summary>
    public void NoteTariffChange() => Snapshot(Changes);

    /// <summary>Notes the account at a midnight.</summary>
    public void NoteMidnight(DateTimeOffset midnight) => Daily.Enter(
        midnight, _host.IsClockValid, _account.Balance, _account.Emergency.Remaining, _account.AccumulatedDebt, _account.PaymentDebt,
        _account.TimeDebts[0].Remaining, _account.TimeDebts[1].Remaining);

    /// <summary>Enters the midnights that the meter would have noted had it been on before: the balance counted back along what energy and
    /// days cost, and debts as they stand, for nobody paid.</summary>
    /// <param name="past">What the registers counted until the end of each half hour, oldest first, and until now.</param>
    public void FillBack(IReadOnlyList<(DateTimeOffset End, EnergyTotals Totals)> past)
    {
        long balance = _account.Balance;
        long standing = _tariff.Standing.Active.MillipenceOfPeriod();
        List<LogRow> rows = [];
        for (int index = past.Count - 1; index > 0; index--)
        {
            (DateTimeOffset end, EnergyTotals totals) = past[index];
            bool isMidnight = end.TimeOfDay == TimeSpan.Zero && index < past.Count - 1;
            if (isMidnight)
            {
                rows.Add(new LogRow(end, true,
                [
                    balance, _account.Emergency.Remaining, _account.AccumulatedDebt, _account.PaymentDebt,
                    _account.TimeDebts[0].Remaining, _account.TimeDebts[1].Remaining,
                ]));
                balance += standing;
            }

            (DateTimeOffset begin, EnergyTotals before) = past[index - 1];
            balance += _tariff.CostOf(totals.ActiveImportWh - before.ActiveImportWh, begin);
        }

        rows.Reverse();
        Daily.Fill(rows);
    }

    private void Snapshot(MeterLog log)
    {
        EnergyTotals totals = _totals();
        log.Enter(
            _host.Now, _host.IsClockValid,
            [
                totals.ActiveImportWh, totals.ActiveExportWh, .. _tariff.RateWh.Take(SnapshotRates).Select(wh => (long)wh),
                _account.Balance,
            ]);
    }

    private void NotePayment(long toDebt, long rest)
    {
        if (toDebt > 0)
        {
            DebtPayments.Enter(_host.Now, _host.IsClockValid, toDebt, _account.PaymentDebt);
        }

        Credits.Enter(_host.Now, _host.IsClockValid, rest, _account.Balance);
    }
}
