namespace DeviceHarness.Virtual.Prepayment;

/// <summary>Credit that the meter lends when the balance is low; the next payments pay it back first.</summary>
internal sealed class EmergencyCredit(int limit, int threshold)
{
    /// <summary>How much it lends, in thousandths of a penny.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>The balance at or below which it may be activated.</summary>
    public int Threshold { get; set; } = threshold;

    /// <summary>What is owed of it.</summary>
    public long Used { get; private set; }

    /// <summary>Whether it was activated and not paid back since.</summary>
    public bool IsActivated { get; private set; }

    /// <summary>What is left of it; nothing before it is activated.</summary>
    public long Remaining => IsActivated ? Math.Max(0, Limit - Used) : 0;

    /// <summary>What can be done with it.</summary>
    /// <param name="balance">The meter balance.</param>
    /// <param name="mode">How the consumer pays.</param>
    public CreditStatus StatusAt(long balance, PaymentMode mode) =>
        IsActivated && Remaining == 0 ? CreditStatus.Exhausted
        : IsActivated ? balance > 0 ? CreditStatus.Selected : CreditStatus.InUse
        : mode == PaymentMode.Prepayment && balance <= Threshold && Limit > 0 ? CreditStatus.Selectable
        : CreditStatus.Enabled;

    /// <summary>Activates it.</summary>
    public void Activate() => IsActivated = true;

    /// <summary>Takes from it.</summary>
    /// <returns>What it could not give.</returns>
    public long Take(long amount)
    {
        long taken = Math.Min(amount, Remaining);
        Used += taken;
        return amount - taken;
    }

    /// <summary>Pays it back.</summary>
    /// <returns>What is left of the payment.</returns>
    public long Repay(long amount)
    {
        long repaid = Math.Min(amount, Used);
        Used -= repaid;
        IsActivated &= Used > 0;
        return amount - repaid;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(long used, bool isActivated)
    {
        Used = used;
        IsActivated = isActivated;
    }
}
