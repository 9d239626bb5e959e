using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;

namespace DeviceHarness.Virtual.Prepayment;

/// <summary>The consumer's account: consumption and debts take from the balance, payments add to it, and in prepayment mode the supply
/// goes off without credit.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, classes 111 to 113, and the GB object list, as the domain guide gives them. Not in the guide and chosen here: a
/// payment pays the payment debt its share, then the accumulated debt, then the emergency credit, and what is left goes to the balance.
/// What a standing charge or time debt does not find in the balance goes to the accumulated debt. Money is in thousandths of a penny.
/// Credit is looked at at the end of each slice, so at the latest a minute after it is used up.
/// </remarks>
internal sealed class PrepaymentEngine : IMeterEngine
{
    /// <summary>How many time debts there are.</summary>
    public const int TimeDebtCount = 2;

    /// <summary>The whole, of which the payment debt takes its share.</summary>
    public const int WholeShare = 10_000;

    private readonly PrepaymentOptions _options;
    private readonly IMeterHost _host;
    private bool _isHeld;
    private bool _isLowTold;
    private bool _isEmergencyTold;
    private bool _isOutTold;
    private bool _isSuspendedTold;

    public PrepaymentEngine(PrepaymentOptions options, IMeterHost host)
    {
        _options = options;
        _host = host;
        Mode = options.Mode;
        PassiveMode = options.Mode == PaymentMode.Credit ? PaymentMode.Prepayment : PaymentMode.Credit;
        Balance = options.Balance;
        Emergency = new EmergencyCredit(options.EmergencyLimit, options.EmergencyThreshold);
        LowCreditThreshold = options.LowCreditThreshold;
        DisablementThreshold = options.DisablementThreshold;
        MaximumVend = options.MaximumVend;
        MaximumBalance = options.MaximumBalance;
    }

    /// <summary>How the consumer pays.</summary>
    public PaymentMode Mode { get; private set; }

    /// <summary>How he will pay when the passive account is activated.</summary>
    public PaymentMode PassiveMode { get; set; }

    /// <summary>When the passive account is activated; null for never.</summary>
    public DateTimeOffset? ModeTime { get; set; }

    /// <summary>The meter balance.</summary>
    public long Balance { get; private set; }

    /// <summary>The emergency credit.</summary>
    public EmergencyCredit Emergency { get; }

    /// <summary>What charges and time debts did not find in the balance.</summary>
    public long AccumulatedDebt { get; set; }

    /// <summary>The two time debts.</summary>
    public TimeDebt[] TimeDebts { get; private set; } = [TimeDebt.None, TimeDebt.None];

    /// <summary>What is left of the debt that payments pay.</summary>
    public long PaymentDebt { get; set; }

    /// <summary>The share of each payment that goes to it, in ten-thousandths.</summary>
    public int PaymentShare { get; set; }

    /// <summary>The credit below which the consumer is warned.</summary>
    public int LowCreditThreshold { get; set; }

    /// <summary>The balance at or below which the supply goes off.</summary>
    public int DisablementThreshold { get; set; }

    /// <summary>The most that one token may bring.</summary>
    public int MaximumVend { get; set; }

    /// <summary>The highest balance.</summary>
    public int MaximumBalance { get; set; }

    /// <summary>All that energy cost so far.</summary>
    public long EnergyPaid { get; private set; }

    /// <summary>All standing charges so far.</summary>
    public long StandingPaid { get; private set; }

    /// <summary>Tells whether the supply may go off for lack of credit now; always, unless somebody says otherwise.</summary>
    public Func<DateTimeOffset, bool> IsDisablementAllowed { get; set; } = _ => true;

    /// <summary>Told what a payment brought: to the payment debt, and to everything else.</summary>
    public Action<long, long>? PaymentTaken { get; set; }

    /// <summary>Told when the mode changed.</summary>
    public Action? ModeChanged { get; set; }

    /// <summary>What the consumer can still use.</summary>
    public long AvailableCredit => Math.Max(0, Balance) + Emergency.Remaining;

    /// <summary>Whether consumption is covered.</summary>
    public bool HasCredit => Balance > DisablementThreshold || Emergency.Remaining > 0;

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => ModeTime;

    /// <summary>What the energy of a slice cost.</summary>
    public void Consume(long amount)
    {
        EnergyPaid += amount;
        if (!Emergency.IsActivated)
        {
            Balance -= amount;
            return;
        }

        long fromBalance = Math.Clamp(Balance, 0, amount);
        Balance -= fromBalance;
        Balance -= Emergency.Take(amount - fromBalance);
    }

    /// <summary>The standing charge of a day.</summary>
    public void ChargeStanding(long amount)
    {
        StandingPaid += amount;
        Collect(amount);
    }

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        for (int debt = 0; debt < TimeDebtCount; debt++)
        {
            CollectTimeDebt(debt, slice);
        }

        if (ModeTime <= slice.To)
        {
            ActivatePassiveMode();
            _host.Enter(EventCode.FutureCommandDone);
        }

        TellCredit();
        MoveSupply(slice.To);
    }

    /// <summary>The passive account becomes the active one now.</summary>
    public void ActivatePassiveMode()
    {
        ModeTime = null;
        if (Mode == PassiveMode)
        {
            return;
        }

        (Mode, PassiveMode) = (PassiveMode, Mode);
        _isHeld = Mode == PaymentMode.Prepayment && _options.KeepsSupplyOnSwitch && !HasCredit;
        _host.Supply.ArmIfOffFor(SupplyCause.Credit);
        ModeChanged?.Invoke();
    }

    /// <summary>Takes a payment.</summary>
    /// <param name="amount">What was paid; not negative.</param>
    /// <returns>False when the balance would be above its maximum: nothing is taken.</returns>
    public bool TryPay(long amount)
    {
        long toDebt = _host.Has(EsmeDefects.DebtNotRecovered) ? 0 : Math.Min(PaymentDebt, amount * PaymentShare / WholeShare);
        long left = amount - toDebt;
        long toAccumulated = Math.Min(AccumulatedDebt, left);
        left -= toAccumulated;
        if (Balance + left - Math.Min(Emergency.Used, left) > MaximumBalance)
        {
            _host.Enter(EventCode.BalanceAboveMaximum);
            return false;
        }

        PaymentDebt -= toDebt;
        AccumulatedDebt -= toAccumulated;
        Balance += Emergency.Repay(left);
        if (toDebt > 0 && PaymentDebt == 0)
        {
            _host.Enter(EventCode.PaymentDebtCollected);
        }

        PaymentTaken?.Invoke(toDebt, amount - toDebt);
        CreditChanged();
        return true;
    }

    /// <summary>Adds to the balance, or takes from it, past all debts.</summary>
    /// <returns>False when the balance would leave its range: nothing changes.</returns>
    public bool TryAdjust(long amount) => TrySetBalance(Balance + amount);

    /// <summary>Sets the balance.</summary>
    /// <returns>False when the balance would leave its range: nothing changes.</returns>
    public bool TrySetBalance(long balance)
    {
        if (balance > MaximumBalance || balance < -PrepaymentOptions.MaximumMillipence)
        {
            return false;
        }

        Balance = balance;
        CreditChanged();
        return true;
    }

    /// <summary>Activates the emergency credit.</summary>
    /// <returns>False unless it may be.</returns>
    public bool TryActivateEmergency()
    {
        if (Emergency.StatusAt(Balance, Mode) != CreditStatus.Selectable || _host.Has(EsmeDefects.EmergencyCreditRefused))
        {
            return false;
        }

        Emergency.Activate();
        _host.Enter(EventCode.EmergencyCreditActivated);
        if (HasCredit && _host.Supply.ArmIfOffFor(SupplyCause.Credit))
        {
            _host.Enter(EventCode.ArmedByEmergencyCredit);
        }

        return true;
    }

    /// <summary>What is kept without power.</summary>
    public PrepaymentRecord Keep() => new(
        Mode, PassiveMode, ModeTime, Balance, Emergency.Limit, Emergency.Threshold, Emergency.Used, Emergency.IsActivated,
        AccumulatedDebt, TimeDebts, PaymentDebt, PaymentShare, LowCreditThreshold, DisablementThreshold, MaximumVend, MaximumBalance,
        EnergyPaid, StandingPaid, _isHeld, _isLowTold, _isEmergencyTold, _isOutTold, _isSuspendedTold);

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(PrepaymentRecord kept)
    {
        (Mode, PassiveMode, ModeTime, Balance) = (kept.Mode, kept.PassiveMode, kept.ModeTime, kept.Balance);
        Emergency.Limit = kept.EmergencyLimit;
        Emergency.Threshold = kept.EmergencyThreshold;
        Emergency.Restore(kept.EmergencyUsed, kept.IsEmergencyActivated);
        AccumulatedDebt = kept.AccumulatedDebt;
        TimeDebts = kept.TimeDebts;
        (PaymentDebt, PaymentShare) = (kept.PaymentDebt, kept.PaymentShare);
        (LowCreditThreshold, DisablementThreshold) = (kept.LowCreditThreshold, kept.DisablementThreshold);
        (MaximumVend, MaximumBalance) = (kept.MaximumVend, kept.MaximumBalance);
        (EnergyPaid, StandingPaid) = (kept.EnergyPaid, kept.StandingPaid);
        (_isHeld, _isLowTold, _isEmergencyTold) = (kept.IsHeld, kept.IsLowTold, kept.IsEmergencyTold);
        (_isOutTold, _isSuspendedTold) = (kept.IsOutTold, kept.IsSuspendedTold);
    }

    private void CollectTimeDebt(int index, in MeterSlice slice)
    {
        TimeDebt debt = TimeDebts[index];
        if (Mode != PaymentMode.Prepayment || debt.Remaining == 0 || debt.Amount == 0 || !IsCollectionDue(debt.Period, slice))
        {
            return;
        }

        long amount = Math.Min(debt.Remaining, debt.Amount);
        TimeDebts[index] = debt with { Remaining = debt.Remaining - amount };
        Collect(amount);
        if (debt.Remaining == amount)
        {
            _host.Enter(index == 0 ? EventCode.TimeDebtOneCollected : EventCode.TimeDebtTwoCollected);
        }
    }

    // A week begins on Monday.
    private static bool IsCollectionDue(TimeSpan period, in MeterSlice slice) => period < TimeSpan.FromDays(7)
        ? slice.Crosses(period, out _)
        : slice.Crosses(TimeSpan.FromDays(1), out DateTimeOffset midnight) && midnight.DayOfWeek == DayOfWeek.Monday;

    private void Collect(long amount)
    {
        long found = Mode == PaymentMode.Credit ? amount : Math.Clamp(Balance, 0, amount);
        Balance -= found;
        AccumulatedDebt += amount - found;
    }

    private void CreditChanged()
    {
        _isHeld &= !HasCredit;
        TellCredit();
        MoveSupply(_host.Now);
    }

    private void TellCredit()
    {
        bool isPrepayment = Mode == PaymentMode.Prepayment;
        TellOnce(ref _isLowTold, isPrepayment && AvailableCredit < LowCreditThreshold, EventCode.LowCredit);
        TellOnce(
            ref _isEmergencyTold,
            isPrepayment && Emergency.StatusAt(Balance, Mode) == CreditStatus.Selectable,
            EventCode.EmergencyCreditAvailable);
        TellOnce(ref _isOutTold, isPrepayment && Emergency.IsActivated && Emergency.Remaining == 0, EventCode.EmergencyCreditExhausted);
    }

    private void TellOnce(ref bool isTold, bool isSo, EventCode code)
    {
        if (isSo && !isTold)
        {
            _host.Enter(code);
        }

        isTold = isSo;
    }

    private void MoveSupply(DateTimeOffset now)
    {
        bool isOut = Mode == PaymentMode.Prepayment && !HasCredit && !_isHeld && !_host.Has(EsmeDefects.SupplyOnWithoutCredit);
        if (!isOut)
        {
            _isSuspendedTold = false;
            if (_host.Supply.ArmIfOffFor(SupplyCause.Credit))
            {
                _host.Enter(EventCode.SupplyArmed);
            }

            return;
        }

        bool isAllowed = IsDisablementAllowed(now);
        TellOnce(ref _isSuspendedTold, !isAllowed, EventCode.DisablementSuspended);
        if (isAllowed && _host.Supply.State != SupplyState.Disconnected)
        {
            _host.Supply.Open(SupplyCause.Credit);
            _host.Enter(EventCode.CreditBelowDisablement);
        }
    }
}
