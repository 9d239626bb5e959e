using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Codecs.Crc;

namespace DeviceHarness.Codecs.Security.Mmo;

/// <summary>The code on a device's label from which its first link key is made; shown to nobody, like the key itself.</summary>
/// <remarks>
/// Spec: ZigBee Smart Energy, installation codes, as this harness's ZigBee guide sums it up: 6, 8, 12 or 16 octets and the CRC-16/X-25 of
/// them, low octet first. The link key is the AES-MMO hash of the code with its checksum.
/// </remarks>
public sealed class InstallCode : SecretOctets
{
    /// <summary>The most octets of a code, without its checksum.</summary>
    public const int MaximumOctets = 16;

    /// <summary>The most characters of a written code: hexadecimal digits, and as many separators.</summary>
    public const int MaximumCharacters = 4 * (MaximumOctets + Crc16X25.OctetCount);

    private const string Clause = "ZigBee Smart Energy, installation code";

    private InstallCode(ReadOnlySpan<byte> octets)
        : base(octets)
    {
    }

    /// <summary>How many octets a code may have, without its checksum.</summary>
    public static ReadOnlySpan<byte> Sizes => [6, 8, 12, 16];

    /// <summary>Makes a code of octets without a checksum.</summary>
    /// <param name="code">6, 8, 12 or 16 octets.</param>
    /// <exception cref="ArgumentException">The length is another; the text names only the length.</exception>
    public static InstallCode Create(ReadOnlySpan<byte> code)
    {
        if (!Sizes.Contains((byte)Math.Min(code.Length, byte.MaxValue)))
        {
            throw new ArgumentException($"an install code has 6, 8, 12 or 16 octets, not {code.Length}", nameof(code));
        }

        Span<byte> whole = stackalloc byte[MaximumOctets + Crc16X25.OctetCount];
        whole = whole[..(code.Length + Crc16X25.OctetCount)];
        code.CopyTo(whole);
        BinaryPrimitives.WriteUInt16LittleEndian(whole[code.Length..], Crc16X25.Compute(code));
        InstallCode made = new(whole);
        whole.Clear();
        return made;
    }

    /// <summary>Takes a code with its checksum.</summary>
    /// <param name="octets">8, 10, 14 or 18 octets.</param>
    /// <param name="code">The code; null when refused.</param>
    /// <param name="fault">A wrong length or checksum. It never holds the checksum that would be right.</param>
    public static bool TryCreate(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out InstallCode? code, out CodecFault fault)
    {
        code = null;
        int payload = octets.Length - Crc16X25.OctetCount;
        if (payload < 0 || !Sizes.Contains((byte)Math.Min(payload, byte.MaxValue)))
        {
            fault = new(CodecFaultKind.BadLength, octets.Length, -1, octets.Length, Clause);
            return false;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(octets[payload..]) != Crc16X25.Compute(octets[..payload]))
        {
            fault = new(CodecFaultKind.BadChecksum, payload, -1, -1, Clause);
            return false;
        }

        fault = CodecFault.None;
        code = new InstallCode(octets);
        return true;
    }

    /// <summary>Takes a code as it is written: hexadecimal digits with its checksum; spaces, dashes and colons mean nothing.</summary>
    /// <param name="text">The text, at most <see cref="MaximumCharacters"/> characters.</param>
    /// <param name="code">The code; null when refused.</param>
    /// <param name="fault">A character that is no digit, at its offset; a wrong length or checksum.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out InstallCode? code, out CodecFault fault)
    {
        code = null;
        Span<byte> octets = stackalloc byte[MaximumCharacters / 2];
        octets.Clear();
        int digits = 0;
        if (text.Length > MaximumCharacters)
        {
            fault = new(CodecFaultKind.BadLength, 0, MaximumCharacters, text.Length, Clause);
            return false;
        }

        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (character is ' ' or '-' or ':')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(character))
            {
                fault = new(CodecFaultKind.UnexpectedValue, index, -1, -1, Clause);
                return false;
            }

            int value = char.IsAsciiDigit(character) ? character - '0' : (character & 0x0F) + 9;
            octets[digits / 2] |= (byte)(value << ((digits & 1) == 0 ? 4 : 0));
            digits++;
        }

        if (digits % 2 != 0)
        {
            fault = new(CodecFaultKind.Truncated, text.Length, digits + 1, digits, Clause);
            return false;
        }

        bool isTaken = TryCreate(octets[..(digits / 2)], out code, out fault);
        octets.Clear();
        return isTaken;
    }

    /// <summary>The first link key of the device, for the key table of the trust centre.</summary>
    public CipherKey LinkKey()
    {
        Span<byte> key = stackalloc byte[AesMmo.DigestOctets];
        AesMmo.Hash(Reveal(), key);
        CipherKey made = CipherKey.Create(key);
        key.Clear();
        return made;
    }
}
