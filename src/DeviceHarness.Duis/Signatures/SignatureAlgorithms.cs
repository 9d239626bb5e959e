namespace DeviceHarness.Duis.Signatures;

/// <summary>The algorithms that a signature may name, and no others.</summary>
internal static class SignatureAlgorithms
{
    /// <summary>Exclusive canonicalisation without comments.</summary>
    public const string ExclusiveC14N = "http://www.w3.org/2001/10/xml-exc-c14n#";

    /// <summary>ECDSA with SHA-256.</summary>
    public const string EcdsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";

    /// <summary>SHA-256.</summary>
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    /// <summary>Leaves the signature itself out.</summary>
    public const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
}
