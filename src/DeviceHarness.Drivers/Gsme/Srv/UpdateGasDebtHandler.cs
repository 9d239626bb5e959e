using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 2.3: adds to each of the three debts and says how it is collected. It is never sent twice by the driver: a debt that was
/// added to already would grow again.</summary>
/// <remarks>Assumption: the numbers of the amount type count the debts, even for an amount that replaces and odd for one that is
/// added.</remarks>
[Srv("2.3")]
internal sealed class UpdateGasDebtHandler(GasMeter meter) : GasCommandHandler(meter, "UpdateDebtRsp")
{
    private const byte ByTime = 0;
    private const byte ByPercentage = 1;
    private const int Payment = 2;

    /// <inheritdoc/>
    internal override async Task<DeviceOutcome> ConductAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        if (body is not UpdateGasDebt request)
        {
            return NotTaken("the debts are those of electricity");
        }

        await ChangeAsync(0, request.TimeDebtRegister1, request.DebtRecovery1, 0, cancellationToken).ConfigureAwait(false);
        await ChangeAsync(1, request.TimeDebtRegister2, request.DebtRecovery2, 0, cancellationToken).ConfigureAwait(false);
        await ChangeAsync(Payment, request.PaymentDebtRegister, recovery: null, request.DebtRecoveryPerPayment, cancellationToken)
            .ConfigureAwait(false);
        return Done();
    }

    private async Task ChangeAsync(
        int debt, int amount, GasDebtRecovery? recovery, int share, CancellationToken cancellationToken)
    {
        ClusterCommand change = ClusterCatalogue.Prepayment.Command("ChangeDebt", ZclSide.Client);
        MessageContent content = change.Create().Set("issuer_event_id", EventId).Set("debt_label", string.Empty)
            .Set("debt_amount", amount).Set("debt_recovery_method", recovery is null ? ByPercentage : ByTime)
            .Set("debt_amount_type", (2 * debt) + 1).Set("debt_recovery_start_time", ZclTime.Now).Set("debt_recovery_collection_time", 0)
            .Set("debt_recovery_frequency", recovery?.Period == DebtRecoveryPeriod.Daily ? 1 : 0)
            .Set("debt_recovery_amount", recovery?.Rate ?? 0).Set("debt_recovery_balance_percentage", share);
        await SendAsync(change, content, cancellationToken).ConfigureAwait(false);
    }
}
