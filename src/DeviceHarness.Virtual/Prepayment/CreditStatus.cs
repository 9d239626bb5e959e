namespace DeviceHarness.Virtual.Prepayment;

/// <summary>What can be done with a credit.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 112 credit_status, as the domain guide gives it: 0 enabled to 4 exhausted.</remarks>
internal enum CreditStatus
{
    /// <summary>It exists and may not be chosen now.</summary>
    Enabled = 0,

    /// <summary>It may be chosen.</summary>
    Selectable = 1,

    /// <summary>It was chosen and waits for its turn.</summary>
    Selected = 2,

    /// <summary>It is being used.</summary>
    InUse = 3,

    /// <summary>It is used up.</summary>
    Exhausted = 4,
}
