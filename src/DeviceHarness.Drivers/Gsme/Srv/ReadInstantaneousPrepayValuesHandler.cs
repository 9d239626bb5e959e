using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Drivers.Esme.Srv;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;

namespace DeviceHarness.Drivers.Gsme.Srv;

/// <summary>SRV 4.3: credit and debts as the meter counts them. That debts 1 and 2 are collected by time and debt 3 by payment is an
/// assumption.</summary>
[Srv("4.3")]
internal sealed class ReadInstantaneousPrepayValuesHandler(SmartEnergyDevice meter) : GasReadHandler(meter)
{
    private const ushort CreditRemaining = 0x0001;
    private const ushort EmergencyCreditRemaining = 0x0002;
    private const ushort AccumulatedDebt = 0x0005;
    private const ushort DebtAmount1 = 0x0211;
    private const ushort DebtAmount2 = 0x0221;
    private const ushort DebtAmount3 = 0x0231;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        AttributeValues values = await Meter.ReadAsync(
            ClusterCatalogue.Prepayment, cancellationToken, CreditRemaining, EmergencyCreditRemaining, AccumulatedDebt, DebtAmount1,
            DebtAmount2, DebtAmount3).ConfigureAwait(false);
        _ = values.Require(CreditRemaining);
        return new ReadInstantaneousPrepayValuesRsp
        {
            MessageSuccess = true,
            MeterBalance = values.Number(CreditRemaining),
            EmergencyCreditBalance = values.Number(EmergencyCreditRemaining),
            AccumulatedDebtRegister = values.Number(AccumulatedDebt),
            TimeDebtRegister1 = values.Number(DebtAmount1),
            TimeDebtRegister2 = values.Number(DebtAmount2),
            PaymentDebtRegister = values.Number(DebtAmount3),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadInstantaneousPrepayValuesRsp { MessageSuccess = false };
}
