namespace DeviceHarness.Codecs.Security;

/// <summary>What a security setup demands of the APDUs of its associations: attribute 2, and the parameter of method 1.</summary>
/// <remarks>
/// Spec: IEC 62056-6-2, security setup class 64, security_policy, as this harness's DLMS guide sums it up.
/// <code>
/// version 0   0 nothing, 1 authenticated, 2 encrypted, 3 both
/// version 1   request   04 authenticated, 08 encrypted, 10 signed
///             response  20 authenticated, 40 encrypted, 80 signed
/// </code>
/// </remarks>
/// <param name="Octet">The policy as sent.</param>
/// <param name="Version">The version of the class: 0 or 1.</param>
public readonly record struct SecurityPolicy(byte Octet, int Version)
{
    private const byte LargestOfVersion0 = 3;
    private const int RequestShift = 2;
    private const int ResponseShift = 5;
    private const byte SignedBits = 0x90;
    private const byte UnknownBits = 0x03;

    /// <summary>False for a value that the version does not have, and for one that asks for signatures.</summary>
    public bool IsSupported => Version == 0 ? Octet <= LargestOfVersion0 : (Octet & (SignedBits | UnknownBits)) == 0;

    /// <summary>What a request needs at least.</summary>
    public SecurityProtection Request => Version == 0 ? FromBits(Octet) : FromBits(Octet >> RequestShift);

    /// <summary>What a response needs at least.</summary>
    public SecurityProtection Response => Version == 0 ? FromBits(Octet) : FromBits(Octet >> ResponseShift);

    private static SecurityProtection FromBits(int bits) => (SecurityProtection)((bits & 0x03) << 4);
}
