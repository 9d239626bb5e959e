using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeviceHarness.Duis;

/// <summary>An EUI-64 as DUIS writes it: eight hexadecimal octets joined by hyphens.</summary>
/// <param name="Value">The identifier, first octet in the most significant place.</param>
/// <remarks>Spec: DUIS XML schema 5.4, type EUI; case-insensitive on input, upper case on output.</remarks>
public readonly record struct Eui64(ulong Value)
{
    /// <summary>Reads the DUIS form, such as <c>90-B3-D5-1F-30-01-00-00</c>.</summary>
    /// <exception cref="FormatException">The text is not of that form.</exception>
    public static Eui64 Parse(string text) =>
        TryParse(text, out Eui64 value) ? value : throw new FormatException($"'{text}' is not an EUI-64 such as 90-B3-D5-1F-30-01-00-00");

    /// <summary>Reads the DUIS form.</summary>
    /// <returns>Whether the text is of that form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Eui64 value)
    {
        value = default;
        if (text is null || text.Length != 23)
        {
            return false;
        }

        ulong octets = 0;
        for (int index = 0; index < 8; index++)
        {
            ReadOnlySpan<char> pair = text.AsSpan(index * 3, 2);
            if ((index > 0 && text[(index * 3) - 1] != '-')
                || !byte.TryParse(pair, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte octet))
            {
                return false;
            }

            octets = (octets << 8) | octet;
        }

        value = new Eui64(octets);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(23, Value, static (target, value) =>
    {
        for (int index = 0; index < 8; index++)
        {
            byte octet = (byte)(value >> (56 - (index * 8)));
            octet.TryFormat(target[(index * 3)..], out _, "X2", CultureInfo.InvariantCulture);
            if (index < 7)
            {
                target[(index * 3) + 2] = '-';
            }
        }
    });
}
