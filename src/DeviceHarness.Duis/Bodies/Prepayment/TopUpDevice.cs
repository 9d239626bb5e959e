namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The request of SRV 2.2: enter a top-up.</summary>
/// <param name="Utrn">The Unique Transaction Reference Number, 20 decimal digits.</param>
/// <remarks>Spec: DUIS XML schema 5.1, TopUpDevice.</remarks>
public sealed record TopUpDevice(string Utrn) : SrvRequestBody
{
    /// <summary>How many digits a UTRN has.</summary>
    public const int UtrnDigits = 20;

    /// <inheritdoc/>
    public override string ServiceReferenceVariant => "2.2";

    /// <summary>Its name alone: whoever reads the digits may enter them.</summary>
    public override string ToString() => $"{ElementName}, its UTRN not shown";

    /// <inheritdoc/>
    public override string ElementName => "TopUpDevice";
}
