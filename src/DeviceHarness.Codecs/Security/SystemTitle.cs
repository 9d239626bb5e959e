using System.Buffers.Binary;
using System.Globalization;

namespace DeviceHarness.Codecs.Security;

/// <summary>The name of a client or server that ciphers: eight octets, unique in the system.</summary>
/// <remarks>Spec: IEC 62056-5-3, system title: three letters of the maker's flag identifier, then five octets.</remarks>
/// <param name="Value">The eight octets as a number, the first octet the most significant.</param>
public readonly record struct SystemTitle(ulong Value)
{
    /// <summary>How many octets.</summary>
    public const int OctetCount = 8;

    /// <summary>Takes a title from its octets.</summary>
    /// <param name="octets">Eight octets.</param>
    /// <param name="title">The title, when there were eight.</param>
    public static bool TryCreate(ReadOnlySpan<byte> octets, out SystemTitle title)
    {
        bool isLengthRight = octets.Length == OctetCount;
        title = isLengthRight ? new(BinaryPrimitives.ReadUInt64BigEndian(octets)) : default;
        return isLengthRight;
    }

    /// <summary>Takes a title from its hexadecimal digits.</summary>
    /// <param name="digits">16 digits.</param>
    /// <param name="title">The title, when the digits are right.</param>
    public static bool TryParse(ReadOnlySpan<char> digits, out SystemTitle title)
    {
        title = default;
        bool isRight = digits.Length == 2 * OctetCount
            & ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value);
        title = isRight ? new(value) : default;
        return isRight;
    }

    /// <summary>Writes the eight octets.</summary>
    /// <param name="target">At least eight octets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is too short.</exception>
    public void CopyTo(Span<byte> target) => BinaryPrimitives.WriteUInt64BigEndian(target, Value);

    /// <summary>The eight octets in an array of their own.</summary>
    public byte[] ToOctets()
    {
        byte[] octets = new byte[OctetCount];
        CopyTo(octets);
        return octets;
    }

    /// <summary>The 16 hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("X16", CultureInfo.InvariantCulture);
}
