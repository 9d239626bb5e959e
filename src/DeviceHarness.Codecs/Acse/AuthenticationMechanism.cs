namespace DeviceHarness.Codecs.Acse;

/// <summary>How the client, and with HLS the server too, proves who it is.</summary>
/// <remarks>Spec: IEC 62056-5-3, authentication mechanism names; the last arc of 2.16.756.5.8.2.m.</remarks>
public enum AuthenticationMechanism : byte
{
    /// <summary>Lowest level: none.</summary>
    None = 0,

    /// <summary>LLS: a password.</summary>
    LowLevel = 1,

    /// <summary>HLS with a method of the manufacturer.</summary>
    HighLevelManufacturer = 2,

    /// <summary>HLS with MD5.</summary>
    HighLevelMd5 = 3,

    /// <summary>HLS with SHA-1.</summary>
    HighLevelSha1 = 4,

    /// <summary>HLS with GMAC.</summary>
    HighLevelGmac = 5,

    /// <summary>HLS with SHA-256.</summary>
    HighLevelSha256 = 6,

    /// <summary>HLS with ECDSA.</summary>
    HighLevelEcdsa = 7,

    /// <summary>An object identifier that is none of these; a server refuses it with diagnostic 11.</summary>
    Unknown = 255,
}
