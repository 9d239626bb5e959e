using System.Globalization;

namespace DeviceHarness.Codecs.Security;

/// <summary>The octet in front of a protected APDU that says how it is protected.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, security control octet, as this harness's DLMS guide sums it up.
/// <code>
/// bits   mask  meaning
/// 0-3    0F    security suite
/// 4      10    authenticated
/// 5      20    encrypted
/// 6      40    key set: 0 unicast, 1 broadcast
/// 7      80    compressed; refused here
/// </code>
/// </remarks>
/// <param name="Octet">The octet as sent.</param>
public readonly record struct SecurityControl(byte Octet)
{
    private const byte SuiteMask = 0x0F;
    private const byte BroadcastBit = 0x40;
    private const byte CompressedBit = 0x80;

    /// <summary>The suite; a value above 2 is none that exists.</summary>
    public SecuritySuite Suite => (SecuritySuite)(Octet & SuiteMask);

    /// <summary>What is done to the APDU.</summary>
    public SecurityProtection Protection => (SecurityProtection)Octet & SecurityProtection.AuthenticatedEncrypted;

    /// <summary>True when a tag follows the APDU.</summary>
    public bool IsAuthenticated => (Octet & (byte)SecurityProtection.Authenticated) != 0;

    /// <summary>True when the APDU is enciphered.</summary>
    public bool IsEncrypted => (Octet & (byte)SecurityProtection.Encrypted) != 0;

    /// <summary>True when the broadcast key is used.</summary>
    public bool IsBroadcast => (Octet & BroadcastBit) != 0;

    /// <summary>True when the APDU was compressed first.</summary>
    public bool IsCompressed => (Octet & CompressedBit) != 0;

    /// <summary>Makes the octet.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="protection">What is done to the APDU.</param>
    /// <param name="isBroadcast">True to use the broadcast key.</param>
    public static SecurityControl Create(SecuritySuite suite, SecurityProtection protection, bool isBroadcast = false) =>
        new((byte)((byte)suite | (byte)protection | (isBroadcast ? BroadcastBit : 0)));

    /// <summary>The octet and its meaning, such as <c>30 suite 0, authenticated, encrypted</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Octet:X2} suite {(int)Suite}{(IsAuthenticated ? ", authenticated" : "")}{(IsEncrypted ? ", encrypted" : "")}")
        + (IsBroadcast ? ", broadcast key" : "") + (IsCompressed ? ", compressed" : "");
}
