namespace DeviceHarness.Duis.Bodies.Prepayment;

/// <summary>The payment mode that a change of the balance is for.</summary>
/// <remarks>Spec: DUIS XML schema 5.1, UpdateMeterBalance.</remarks>
public enum BalanceMode
{
    /// <summary>Prepayment mode.</summary>
    PrepaymentMode,

    /// <summary>Credit mode.</summary>
    CreditMode,
}
