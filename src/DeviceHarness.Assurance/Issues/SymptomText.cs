using System.Text.RegularExpressions;

namespace DeviceHarness.Assurance.Issues;

/// <summary>Takes out of a symptom what changes from run to run.</summary>
public static partial class SymptomText
{
    /// <summary>The longest normalised symptom.</summary>
    public const int MaximumCharacters = 200;

    /// <summary>Replaces identifiers, octets and numbers by <c>#</c>, and joins white space.</summary>
    /// <remarks>DUIS response codes such as E20, and OBIS codes and versions that stand in names, are lost with the numbers in free text;
    /// whoever states a
    /// symptom of its own should put no number in it that is not part of what went wrong.</remarks>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string plain = Spaces().Replace(Changing().Replace(text, "#"), " ").Trim();
        return plain.Length <= MaximumCharacters ? plain : plain[..MaximumCharacters];
    }

    // An EUI-64; hexadecimal octets; a number that is no part of a word, with its fraction, time and unit signs. E20 and I99 stay.
    [GeneratedRegex(
        @"\b[0-9A-Fa-f]{2}(?:[- :][0-9A-Fa-f]{2}){3,}\b|\b0x[0-9A-Fa-f]+\b"
        + @"|(?<![A-Za-z0-9_.])[-+]?\d+(?:[.,:T-]\d+)*Z?(?![A-Za-z0-9_]*[A-Za-z_])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Changing();

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
