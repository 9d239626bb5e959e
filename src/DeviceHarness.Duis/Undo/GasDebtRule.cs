using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Duis.Undo;

/// <summary>The debts of a gas meter, as <see cref="DebtRule"/> for an electricity meter: the state holds the debts themselves, and what
/// restores it adds the difference to what was read just before.</summary>
internal sealed class GasDebtRule() : RequestRule<UpdateGasDebt>(
    "gas debts", "2.3", [new ReadInstantaneousPrepayValues(), new ReadPrepaymentConfiguration()], Debts)
{
    /// <inheritdoc/>
    public override bool MovesByItself => true;

    /// <inheritdoc/>
    public override IReadOnlyList<SrvRequestBody> Restore(string baseline, UndoReadings now) =>
        RequestText.Read<UpdateGasDebt>(baseline) is { } wanted && Debts(now, wanted, new LeftOutValues()) is { } held
            && Whole((long)wanted.TimeDebtRegister1 - held.TimeDebtRegister1) is { } first
            && Whole((long)wanted.TimeDebtRegister2 - held.TimeDebtRegister2) is { } second
            && Whole((long)wanted.PaymentDebtRegister - held.PaymentDebtRegister) is { } payment
            ? [wanted with { TimeDebtRegister1 = first, TimeDebtRegister2 = second, PaymentDebtRegister = payment }]
            : [];

    private static int? Whole(long? value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    private static UpdateGasDebt? Debts(UndoReadings readings, UpdateGasDebt? like, LeftOutValues left)
    {
        ReadInstantaneousPrepayValuesRsp? held = readings.Find<ReadInstantaneousPrepayValuesRsp>();
        ReadPrepaymentConfigurationRsp? how = readings.Find<ReadPrepaymentConfigurationRsp>();
        return Whole(held?.TimeDebtRegister1) is { } first && Whole(held?.TimeDebtRegister2) is { } second
            && Whole(held?.PaymentDebtRegister) is { } payment
            && Whole(left.Or(how?.DebtRecoveryPerPayment, like?.DebtRecoveryPerPayment)) is { } share
            && left.OrElse(how?.Gas?.DebtRecovery1, like?.DebtRecovery1) is { } firstRecovery
            && left.OrElse(how?.Gas?.DebtRecovery2, like?.DebtRecovery2) is { } secondRecovery
            ? new UpdateGasDebt(first, second, payment, share, firstRecovery, secondRecovery)
            : null;
    }
}
