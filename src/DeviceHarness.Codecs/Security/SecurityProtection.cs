namespace DeviceHarness.Codecs.Security;

/// <summary>What is done to an APDU; the values are those of the security control octet.</summary>
/// <remarks>Spec: IEC 62056-5-3, security control: bit 4 authentication, bit 5 encryption.</remarks>
[Flags]
public enum SecurityProtection : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The APDU goes in clear with a tag of 12 octets behind it.</summary>
    Authenticated = 0x10,

    /// <summary>The APDU is enciphered, without a tag: a change of its octets is not noticed.</summary>
    Encrypted = 0x20,

    /// <summary>The APDU is enciphered, with a tag of 12 octets behind it.</summary>
    AuthenticatedEncrypted = Authenticated | Encrypted,
}
