namespace DeviceHarness.Codecs.OtaImage;

/// <summary>What an image integrity code covers, as the code itself shows.</summary>
public enum OtaIntegrity
{
    /// <summary>The file has no integrity code.</summary>
    Absent,

    /// <summary>The code is the hash of all octets before its element.</summary>
    BeforeElement,

    /// <summary>The code is the hash of all octets before its element, and of that element's tag and length: seen of one vendor.</summary>
    WithElementHead,

    /// <summary>The code is neither: the file was changed, or its code is not by AES-MMO.</summary>
    Wrong,
}
