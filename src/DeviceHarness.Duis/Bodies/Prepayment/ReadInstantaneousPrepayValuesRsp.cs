namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The answer to SRV 4.3. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadInstantaneousPrepayValuesRsp. The schema names no unit of money.</remarks>
public sealed record ReadInstantaneousPrepayValuesRsp : SrvResponseBody
{
    /// <summary>What is left of the emergency credit, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? EmergencyCreditBalance { get; init; }

    /// <summary>The accumulated debt, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? AccumulatedDebtRegister { get; init; }

    /// <summary>The debt that is collected from payments, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? PaymentDebtRegister { get; init; }

    /// <summary>The first debt that is collected by time, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? TimeDebtRegister1 { get; init; }

    /// <summary>The second debt that is collected by time, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? TimeDebtRegister2 { get; init; }

    /// <summary>The meter balance, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? MeterBalance { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadInstantaneousPrepayValuesRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("EmergencyCreditBalance", EmergencyCreditBalance)
        .Add("AccumulatedDebtRegister", AccumulatedDebtRegister)
        .Add("PaymentDebtRegister", PaymentDebtRegister)
        .Add("TimeDebtRegister1", TimeDebtRegister1)
        .Add("TimeDebtRegister2", TimeDebtRegister2)
        .Add("MeterBalance", MeterBalance)
        .Entries;
}
