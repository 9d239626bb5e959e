namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The answer to SRV 4.18. Each value may be absent.</summary>
/// <remarks>Spec: MMC XML schema 5.4, ReadMeterBalanceRsp.</remarks>
public sealed record ReadMeterBalanceRsp : SrvResponseBody
{
    /// <summary>The meter balance, in thousandths of a penny, as far as it is known; null when absent.</summary>
    public long? MeterBalance { get; init; }

    /// <summary>A gas meter's balance in prepayment mode; null when absent.</summary>
    public long? GasMeterBalancePrepaymentMode { get; init; }

    /// <inheritdoc/>
    public override string ElementName => "ReadMeterBalanceRsp";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Values => BodyValues.Of(this)
        .Add("MeterBalance", MeterBalance)
        .Add("Gas.MeterBalancePrepaymentMode", GasMeterBalancePrepaymentMode)
        .Entries;
}
