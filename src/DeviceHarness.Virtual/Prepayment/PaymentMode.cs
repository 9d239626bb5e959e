namespace DeviceHarness.Virtual.Prepayment;

/// <summary>How the consumer pays.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 111 account_mode, as the domain guide names it.</remarks>
public enum PaymentMode
{
    /// <summary>Afterwards: the supply does not depend on the balance.</summary>
    Credit = 1,

    /// <summary>In advance: without credit the supply goes off.</summary>
    Prepayment = 2,
}
