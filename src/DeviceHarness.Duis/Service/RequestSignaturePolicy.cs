namespace DeviceHarness.Duis.Service;

/// <summary>What becomes of the signatures of requests.</summary>
/// <remarks>The service's own rule and its code for a broken signature are not public: both values are assumptions of this
/// harness.</remarks>
public enum RequestSignaturePolicy
{
    /// <summary>A request without a signature is taken, and so, with a warning, is one of an unknown signer; a broken signature is a
    /// malformed message.</summary>
    NotRequired,

    /// <summary>No signature is looked at, as templates with placeholders need it; a warning says so.</summary>
    NotChecked,
}
