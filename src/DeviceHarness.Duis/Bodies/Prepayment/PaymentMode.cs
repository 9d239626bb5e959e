namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>How a consumer pays.</summary>
/// <remarks>Spec: MMC XML schema 5.4, PaymentMode.</remarks>
public enum PaymentMode
{
    /// <summary>After use.</summary>
    Credit,

    /// <summary>Before use.</summary>
    Prepayment,
}
