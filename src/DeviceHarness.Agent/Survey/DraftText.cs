using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DeviceHarness.Duis;

namespace DeviceHarness.Agent.Survey;

/// <summary>Texts of a device in files that a person goes on with: a device may tell anything.</summary>
internal static class DraftText
{
    private const int MaximumNameLetters = 24;
    private const byte LocallyAdministered = 0x02;

    /// <summary>A YAML scalar in quotes.</summary>
    internal static string Quoted(string text) =>
        $"\"{Plain(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Printable ASCII on one line, for a comment.</summary>
    internal static string Plain(string text) => string.Concat(text.Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));

    /// <summary>A name of lower-case letters, digits and hyphens.</summary>
    internal static string Name(string text)
    {
        StringBuilder name = new();
        foreach (char letter in text)
        {
            char lower = char.ToLowerInvariant(letter);
            bool isPart = char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower);
            if (isPart || (name.Length > 0 && name[^1] != '-'))
            {
                _ = name.Append(isPart ? lower : '-');
            }
        }

        string all = name.ToString().Trim('-');
        return all.Length == 0 ? "device" : all[..Math.Min(all.Length, MaximumNameLetters)].TrimEnd('-');
    }

    /// <summary>An identifier for a device that tells none: of the range that nobody assigns, and the same for the same text.</summary>
    internal static Eui64 MadeUpIdentifier(string text)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        hash[0] = LocallyAdministered;
        return new Eui64(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    /// <summary>A moment for a comment.</summary>
    internal static string Moment(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
