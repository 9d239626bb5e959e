namespace DeviceHarness.Codecs.OtaImage;

/// <summary>What an element of an upgrade file holds.</summary>
/// <remarks>Spec: ZigBee OTA upgrade cluster, tag identifiers, as this harness's ZigBee guide sums them up; F000 to FFFF are the
/// manufacturers'.</remarks>
public enum OtaElementTag : ushort
{
    /// <summary>The firmware.</summary>
    UpgradeImage = 0x0000,

    /// <summary>A signature by ECDSA, suite 1: signer's EUI-64 and 42 octets.</summary>
    Signature = 0x0001,

    /// <summary>The certificate of a signature of suite 1, 48 octets.</summary>
    SigningCertificate = 0x0002,

    /// <summary>The image integrity code: the AES-MMO hash of what stands before it, 16 octets.</summary>
    IntegrityCode = 0x0003,

    /// <summary>Data of a picture.</summary>
    Picture = 0x0004,

    /// <summary>A signature by ECDSA, suite 2: signer's EUI-64 and 72 octets.</summary>
    Signature2 = 0x0005,

    /// <summary>The certificate of a signature of suite 2, 74 octets.</summary>
    SigningCertificate2 = 0x0006,
}
