namespace DeviceHarness.Codecs.Security;

/// <summary>Which key is meant.</summary>
/// <remarks>Spec: IEC 62056-6-2, security setup class 64, key_id, as this harness's DLMS guide sums it up.</remarks>
public enum KeyId : byte
{
    /// <summary>The global unicast encryption key (GUEK).</summary>
    GlobalUnicastEncryption = 0,

    /// <summary>The global broadcast encryption key (GBEK).</summary>
    GlobalBroadcastEncryption = 1,

    /// <summary>The authentication key (GAK).</summary>
    Authentication = 2,

    /// <summary>The master key (KEK) that the others are wrapped under; from version 1 of the class.</summary>
    Master = 3,
}
