namespace DeviceHarness.Duis.Bodies.Tariff;

/// <summary>The request of SRV 4.11.1: read the tariff in force. It has no content.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, ReadTariffPrimaryElement.</remarks>
public sealed record ReadTariffPrimaryElement : SrvRequestBody
{
    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "4.11.1";

    /// <inheritdoc/>
    public override string ElementName => "ReadTariffPrimaryElement";
}
