namespace DeviceHarness.Duis.Signatures;

/// <summary>What a message's signature is worth.</summary>
public enum XmlSignatureState
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>The signer is known and signed exactly this.</summary>
    Valid,

    /// <summary>The digest is of this content, but no certificate of the signer is held: the signature's value was not checked.</summary>
    UnknownSigner,

    /// <summary>The content is not what was signed, or the signature is not of the one form that DUIS uses.</summary>
    Broken,
}

/// <summary>The result of a check.</summary>
/// <param name="State">What the signature is worth.</param>
/// <param name="Signer">Whom it names; null when it names nobody.</param>
/// <param name="Reason">What is broken and what is allowed; empty when nothing is.</param>
public sealed record XmlSignatureResult(XmlSignatureState State, XmlSigner? Signer, string Reason);
