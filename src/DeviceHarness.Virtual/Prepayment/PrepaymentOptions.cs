namespace DeviceHarness.Virtual.Prepayment;

/// <summary>The account that a virtual meter starts with; money in thousandths of a penny.</summary>
public sealed record PrepaymentOptions
{
    /// <summary>The largest amount of any kind: the credit limit that the domain guide gives for a Secure meter, £21,474.</summary>
    public const int MaximumMillipence = 2_147_400_000;

    /// <summary>How the consumer pays.</summary>
    public PaymentMode Mode { get; init; } = PaymentMode.Credit;

    /// <summary>The meter balance.</summary>
    public int Balance { get; init; }

    /// <summary>The emergency credit that may be activated.</summary>
    public int EmergencyLimit { get; init; } = 500_000;

    /// <summary>The balance at or below which it may be.</summary>
    public int EmergencyThreshold { get; init; } = 100_000;

    /// <summary>The credit below which the consumer is warned.</summary>
    public int LowCreditThreshold { get; init; } = 200_000;

    /// <summary>The balance at or below which the supply goes off in prepayment mode.</summary>
    public int DisablementThreshold { get; init; }

    /// <summary>The most that one token may bring.</summary>
    public int MaximumVend { get; init; } = 20_000_000;

    /// <summary>The highest balance.</summary>
    public int MaximumBalance { get; init; } = 100_000_000;

    /// <summary>Whether a change from credit to prepayment mode leaves the supply on until credit was there once.</summary>
    public bool KeepsSupplyOnSwitch { get; init; }

    /// <summary>How many refused tokens in a row suspend the entry; 0 for never.</summary>
    public int BadTokensToLock { get; init; } = 5;

    /// <summary>How long the entry is suspended.</summary>
    public TimeSpan LockTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The secret that makes this meter's tokens authentic. Only ever a test secret.</summary>
    public string TestTokenKey { get; init; } = "virtual";

    /// <summary>The options without their secret.</summary>
    public override string ToString() => $"{Mode}, balance {Balance}";
}
