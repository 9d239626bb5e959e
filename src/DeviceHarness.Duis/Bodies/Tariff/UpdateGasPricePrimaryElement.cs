namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>The request of SRV 1.2.1 to a gas meter: new prices for the tariff that it has.</summary>
/// <param name="Prices">The prices.</param>
/// <param name="ExecutionDateTime">From when on the device has them in force; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdatePricePrimaryElement, GasPriceElements.</remarks>
public sealed record UpdateGasPricePrimaryElement(GasPrices Prices, DateTimeOffset? ExecutionDateTime = null)
    : SrvRequestBody, IDeviceDated
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "1.2.1";

    /// <inheritdoc/>
    public override string ElementName => "UpdatePricePrimaryElement";

    /// <inheritdoc/>
    public override string DeviceType => Gas;
}
