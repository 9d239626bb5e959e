namespace DeviceHarness.Virtual.Prepayment;

/// <summary>What became of the token that was entered last.</summary>
/// <remarks>The numbers of class 115 token_status, as far as they are generally known; the domain guide gives none: an assumption of the
/// harness.</remarks>
public enum TokenStatus
{
    /// <summary>Nothing was entered yet.</summary>
    None = 0,

    /// <summary>The token was taken, and its credit is there.</summary>
    Executed = 3,

    /// <summary>Not twenty digits, or a wrong check digit.</summary>
    FormatFailure = 4,

    /// <summary>Not authentic, or for another meter.</summary>
    AuthenticationFailure = 5,

    /// <summary>Entered before, or more than the meter takes.</summary>
    ValidationFailure = 6,

    /// <summary>Entry is locked: the token was not looked at.</summary>
    NotProcessed = 8,
}
