using System.Buffers.Binary;

namespace DeviceHarness.Virtual.Application;

/// <summary>The exception responses of the meter.</summary>
/// <remarks>Spec: IEC 62056-5-3, exception response, as the domain guide gives it.</remarks>
internal static class ServiceRefusals
{
    /// <summary>D8 01 01: a service outside an association.</summary>
    public static ReadOnlyMemory<byte> NotAllowed { get; } = new byte[] { 0xD8, 0x01, 0x01 };

    /// <summary>D8 01 02: a service, or a form of one, that is unknown or was not agreed on.</summary>
    public static ReadOnlyMemory<byte> NotSupported { get; } = new byte[] { 0xD8, 0x01, 0x02 };

    /// <summary>D8 01 03: octets that are no such request.</summary>
    public static ReadOnlyMemory<byte> Malformed { get; } = new byte[] { 0xD8, 0x01, 0x03 };

    /// <summary>D8 01 04: an APDU longer than the meter receives.</summary>
    public static ReadOnlyMemory<byte> TooLong { get; } = new byte[] { 0xD8, 0x01, 0x04 };

    /// <summary>D8 01 05: a protected APDU that the meter's keys do not open.</summary>
    public static ReadOnlyMemory<byte> Undecipherable { get; } = new byte[] { 0xD8, 0x01, 0x05 };

    /// <summary>D8 01 06: a protected APDU with an invocation counter that was used.</summary>
    /// <param name="expected">The lowest counter that is taken.</param>
    public static ReadOnlyMemory<byte> Counter(uint expected)
    {
        byte[] refusal = [0xD8, 0x01, 0x06, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(refusal.AsSpan(3), expected);
        return refusal;
    }
}
