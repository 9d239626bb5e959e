using System.Globalization;

namespace DeviceHarness.Duis.Xml;

/// <summary>Reads an element's text as a value of a simple type.</summary>
internal static class ElementValues
{
    private const int LongestQuotedText = 80;

    private const NumberStyles DecimalStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>A whole number.</summary>
    public static long Integer(this ElementReader element, long min = long.MinValue, long max = long.MaxValue) =>
        Parse(element.Token(), min, max, out long value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is a whole number from {min} to {max}");

    /// <summary>A whole number from 0 to 2^64-1.</summary>
    public static ulong Counter(this ElementReader element) =>
        ulong.TryParse(element.Token(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is a whole number from 0 to {ulong.MaxValue}");

    /// <summary>A decimal number.</summary>
    public static decimal Decimal(this ElementReader element) =>
        decimal.TryParse(element.Token(), DecimalStyle, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is a decimal number of at most 28 digits");

    /// <summary>A truth value.</summary>
    public static bool Boolean(this ElementReader element) =>
        DuisText.TryBoolean(element.Token(), out bool value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed: true, false, 1, 0");

    /// <summary>A time.</summary>
    public static DateTimeOffset Time(this ElementReader element) =>
        DuisText.TryTime(element.Token(), out DateTimeOffset value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is a dateTime such as 2026-01-05T12:00:00Z");

    /// <summary>An EUI-64.</summary>
    public static Eui64 Eui(this ElementReader element) =>
        Eui64.TryParse(element.Token(), out Eui64 value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is an EUI-64 such as 90-B3-D5-1F-30-01-00-00");

    /// <summary>A request's or response's identifier.</summary>
    public static RequestId Id(this ElementReader element) =>
        RequestId.TryParse(element.Token(), out RequestId value)
            ? value
            : throw element.Fault($"found '{Quoted(element.Token())}'; allowed is EUI-64:EUI-64:counter without leading zeros");

    /// <summary>Octets in hexadecimal.</summary>
    /// <param name="element">The element.</param>
    /// <param name="count">How many octets there must be; null for any number.</param>
    public static ReadOnlyMemory<byte> HexOctets(this ElementReader element, int? count)
    {
        string text = element.Token();
        bool isHex = text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
        return isHex && (count is null || text.Length == 2 * count)
            ? Convert.FromHexString(text)
            : throw element.Fault(
                $"found '{Quoted(text)}'; allowed are {(count is null ? "pairs of" : $"{2 * count}")} hexadecimal digits");
    }

    /// <summary>One of a list of words.</summary>
    public static T OneOf<T>(this ElementReader element, Func<T, string> word)
        where T : struct, Enum
    {
        string found = element.Token();
        foreach (T value in Enum.GetValues<T>())
        {
            if (word(value) == found)
            {
                return value;
            }
        }

        throw element.Fault($"found '{Quoted(found)}'; allowed: {string.Join(", ", Enum.GetValues<T>().Select(word))}");
    }

    /// <summary>A whole number in an attribute that must be there.</summary>
    public static long IntegerAttribute(this ElementReader element, string name, long min = long.MinValue)
    {
        string found = element.Attribute(name) ?? throw element.Fault($"attribute '{name}' is missing");
        return Parse(found, min, long.MaxValue, out long value)
            ? value
            : throw element.Fault($"attribute '{name}': found '{Quoted(found)}'; allowed is a whole number from {min}");
    }

    /// <summary>A truth value in an attribute; null when absent.</summary>
    public static bool? BooleanAttribute(this ElementReader element, string name)
    {
        string? found = element.Attribute(name);
        if (found is null)
        {
            return null;
        }

        return DuisText.TryBoolean(found, out bool value)
            ? value
            : throw element.Fault($"attribute '{name}': found '{Quoted(found)}'; allowed: true, false, 1, 0");
    }

    /// <summary>A text as it stands in a fault: shortened, so that a hostile message does not fill a log.</summary>
    public static string Quoted(string text) => text.Length <= LongestQuotedText ? text : $"{text[..LongestQuotedText]}…";

    private static bool Parse(string text, long min, long max, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max;
}
