using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Undo;

/// <summary>The debts: 2.3 adds to them and says how they are collected; 4.3 and 4.13 read both. The state holds the debts themselves, and
/// what restores it adds the difference to what was read just before. A debt that was collected meanwhile comes back with it; what that
/// took from the balance does not.</summary>
internal sealed class DebtRule() : RequestRule<UpdateDebt>(
    "debts", "2.3", [new ReadInstantaneousPrepayValues(), new ReadPrepaymentConfiguration()], Debts)
{
    /// <inheritdoc/>
    public override bool MovesByItself => true;

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now)
    {
        if (RequestText.Read<UpdateDebt>(baseline) is not { } wanted || Debts(now, wanted, new LeftOutValues()) is not { } held)
        {
            return [];
        }

        return Missing(wanted.TimeDebtRegister1, held.TimeDebtRegister1) is { } first
            && Missing(wanted.TimeDebtRegister2, held.TimeDebtRegister2) is { } second
            && Missing(wanted.PaymentDebtRegister, held.PaymentDebtRegister) is { } payment
            ? [wanted with { TimeDebtRegister1 = first, TimeDebtRegister2 = second, PaymentDebtRegister = payment }]
            : [];
    }

    private static int? Missing(long wanted, long held) => Whole(wanted - held);

    private static int? Whole(long? value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    private static UpdateDebt? Debts(UndoReadings readings, UpdateDebt? like, LeftOutValues left)
    {
        ReadInstantaneousPrepayValuesRsp? held = readings.Find<ReadInstantaneousPrepayValuesRsp>();
        ReadPrepaymentConfigurationRsp? how = readings.Find<ReadPrepaymentConfigurationRsp>();
        return Whole(held?.TimeDebtRegister1) is { } first && Whole(held?.TimeDebtRegister2) is { } second
            && Whole(held?.PaymentDebtRegister) is { } payment
            && Whole(left.Or(how?.DebtRecoveryPerPayment, like?.DebtRecoveryPerPayment)) is { } share
            && left.OrElse(how?.DebtRecovery1, like?.DebtRecovery1) is { } firstRecovery
            && left.OrElse(how?.DebtRecovery2, like?.DebtRecovery2) is { } secondRecovery
            ? new UpdateDebt(first, second, payment, share, firstRecovery, secondRecovery)
            : null;
    }
}
