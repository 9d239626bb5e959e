namespace DeviceHarness.Duis.Signatures;

/// <summary>What a message's signature is worth.</summary>
public enum XmlSignatureState
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>The signer is known and signed exactly this.</summary>
    Valid,

    /// <summary>No certificate of the signer is held, or the signature names no signer: nobody can say whether it is good.</summary>
    NotChecked,

    /// <summary>A known signer did not sign this, or not in the one form that DUIS uses.</summary>
    Broken,
}

/// <summary>The result of a check.</summary>
/// <param name="State">What the signature is worth.</param>
/// <param name="Signer">Whom it names; null when it names nobody.</param>
/// <param name="Reason">What is broken and what is allowed, or why it was not checked; empty when it is valid or absent.</param>
/// <param name="Certificate">The certificate that it is valid by; null when it is not valid.</param>
public sealed record XmlSignatureResult(XmlSignatureState State, XmlSigner? Signer, string Reason, XmlSignerCertificate? Certificate);
