namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>The request of SRV 1.1.1 to a gas meter: a new tariff with its prices.</summary>
/// <param name="Tariff">The tariff.</param>
/// <param name="Prices">Its prices.</param>
/// <param name="ExecutionDateTime">From when on the device has it in force; null for at once.</param>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateImportTariffPrimaryElement, GasTariffElements.</remarks>
public sealed record UpdateGasImportTariffPrimaryElement(
    GasTariff Tariff, GasPrices Prices, DateTimeOffset? ExecutionDateTime = null) : SrvRequestBody, IDeviceDated
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "1.1.1";

    /// <inheritdoc/>
    public override string ElementName => "UpdateImportTariffPrimaryElement";

    /// <inheritdoc/>
    public override string DeviceType => Gas;
}
