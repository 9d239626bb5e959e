using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeviceHarness.Rpc.Wire;

/// <summary>The <c>grpc-message</c> text: UTF-8 with every octet outside 0x20 to 0x7E, and the percent sign, as <c>%XX</c>.</summary>
/// <remarks>Spec: gRPC, PROTOCOL-HTTP2, Status-Message.</remarks>
internal static class PercentText
{
    /// <summary>The longest encoded text sent, in octets. Peers bound their header lists, some at 8 KiB; a longer one would cost the
    /// status.</summary>
    public const int MaxEncodedOctets = 6 * 1024;

    private const int EscapeLength = 3;
    private const string Hexadecimal = "0123456789ABCDEF";

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(code => (char)code).Where(character => character != '%')]);

    /// <summary>Encodes a text; what is past <see cref="MaxEncodedOctets"/> is cut off between characters.</summary>
    public static string Encode(string text)
    {
        if (text.Length <= MaxEncodedOctets && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        StringBuilder encoded = new(Math.Min(MaxEncodedOctets, text.Length * 2));
        Span<byte> utf8 = stackalloc byte[4];
        Span<char> escaped = stackalloc char[12];
        foreach (Rune rune in text.EnumerateRunes())
        {
            int octets = rune.EncodeToUtf8(utf8);
            int length = Escape(utf8[..octets], escaped);
            if (encoded.Length + length > MaxEncodedOctets)
            {
                break;
            }

            encoded.Append(escaped[..length]);
        }

        return encoded.ToString();
    }

    /// <summary>Decodes a text; what is no valid escape stays as it is. Never throws.</summary>
    public static string Decode(string encoded)
    {
        if (!encoded.Contains('%', StringComparison.Ordinal))
        {
            return encoded;
        }

        ArrayBufferWriter<byte> octets = new(encoded.Length);
        ReadOnlySpan<char> rest = encoded;
        while (!rest.IsEmpty)
        {
            int percent = rest.IndexOf('%');
            int plain = percent < 0 ? rest.Length : percent;
            Encoding.UTF8.GetBytes(rest[..plain], octets);
            rest = rest[plain..];
            if (rest.IsEmpty)
            {
                break;
            }

            byte octet = (byte)'%';
            int taken = 1;
            if (rest.Length >= EscapeLength && char.IsAsciiHexDigit(rest[1]) && char.IsAsciiHexDigit(rest[2]))
            {
                octet = byte.Parse(rest[1..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                taken = EscapeLength;
            }

            octets.Write([octet]);
            rest = rest[taken..];
        }

        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    private static int Escape(ReadOnlySpan<byte> utf8, Span<char> escaped)
    {
        int length = 0;
        foreach (byte octet in utf8)
        {
            if (octet is >= 0x20 and <= 0x7E and not (byte)'%')
            {
                escaped[length++] = (char)octet;
                continue;
            }

            escaped[length++] = '%';
            escaped[length++] = Hexadecimal[octet >> 4];
            escaped[length++] = Hexadecimal[octet & 0xF];
        }

        return length;
    }
}
