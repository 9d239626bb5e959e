namespace DeviceHarness.Duis.Service;

/// <summary>What becomes of the signatures of requests.</summary>
/// <remarks>The service's own rule and its code for a broken signature are not public: every value is an assumption of this
/// harness.</remarks>
public enum RequestSignaturePolicy
{
    /// <summary>A signature is checked where a certificate of its signer is held, and refused when it is broken. A request without a
    /// signature is taken; so, with the warning <c>NotChecked</c>, is one whose signature cannot be checked, such as a template's
    /// placeholder.</summary>
    WhereKnown,

    /// <summary>Every request needs the signature of a User whose certificate is held and in date.</summary>
    Required,

    /// <summary>No signature is looked at; a warning says so.</summary>
    NotChecked,
}
