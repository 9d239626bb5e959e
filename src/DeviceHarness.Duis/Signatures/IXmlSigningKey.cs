namespace DeviceHarness.Duis.Signatures;

/// <summary>A private key that signs messages, and whose it is.</summary>
public interface IXmlSigningKey
{
    /// <summary>What the signature's KeyInfo says.</summary>
    XmlSigner Signer { get; }

    /// <summary>Signs octets by ECDSA with SHA-256 on the curve P-256. Safe for use from any thread.</summary>
    /// <returns>r and s, 32 octets each, most significant first.</returns>
    byte[] Sign(ReadOnlySpan<byte> data);
}
