namespace DeviceHarness.Codecs.Security;

/// <summary>Which algorithms protect APDUs: bits 0 to 3 of the security control octet.</summary>
/// <remarks>Spec: IEC 62056-5-3, security suites. Of suites 1 and 2 only ciphering and key wrap are here, not signatures or key
/// agreement.</remarks>
public enum SecuritySuite : byte
{
    /// <summary>AES-GCM-128, AES-128 key wrap.</summary>
    Suite0 = 0,

    /// <summary>AES-GCM-128, AES-128 key wrap, ECDSA and ECDH with P-256, SHA-256.</summary>
    Suite1 = 1,

    /// <summary>AES-GCM-256, AES-256 key wrap, ECDSA and ECDH with P-384, SHA-384.</summary>
    Suite2 = 2,
}
