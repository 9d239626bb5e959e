using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace DeviceHarness.Duis.Catalogue;

/// <summary>The alert codes that are known. A code that is not among them is carried through unchanged.</summary>
public static class AlertCodes
{
    private static readonly FrozenDictionary<string, AlertCodeEntry> ByCode;

    static AlertCodes()
    {
        Entries = [.. CsvRows.Read("alert-codes.csv").Select(row => new AlertCodeEntry(row["code"], row["kind"], row["meaning"]))];
        ByCode = Entries.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);
    }

    /// <summary>Every code: those of DCC alerts first, then those of device alerts, each in rising order.</summary>
    public static IReadOnlyList<AlertCodeEntry> Entries { get; }

    /// <summary>Finds a code.</summary>
    /// <param name="code">The code; hexadecimal digits in upper case.</param>
    /// <param name="entry">What is known of it.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryFind(string code, [NotNullWhen(true)] out AlertCodeEntry? entry) => ByCode.TryGetValue(code, out entry);

    /// <summary>Whether a text has the form of a device alert's code: four hexadecimal digits in upper case.</summary>
    /// <param name="code">The text.</param>
    public static bool IsDeviceCode(string code) =>
        code is { Length: 4 } && code.All(digit => digit is (>= '0' and <= '9') or (>= 'A' and <= 'F'));
}
