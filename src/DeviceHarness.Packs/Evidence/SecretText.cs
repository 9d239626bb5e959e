using System.Text;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Packs.Evidence;

/// <summary>The secrets that an attempt has met, kept out of every text that it writes: passwords from the octets, and what DUIS elements
/// name as UTRN, MPxN or install code.</summary>
internal sealed partial class SecretText
{
    // What is shorter stands in texts by chance.
    private const int ShortestText = 4;

    private readonly HashSet<string> _forms = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Learns the passwords of octets.</summary>
    public void Learn(WireSecrets secrets)
    {
        foreach (ReadOnlyMemory<byte> value in secrets.Values)
        {
            LearnOctets(value.Span);
        }
    }

    /// <summary>Learns what the secret elements of a message hold; null is a message that there was not.</summary>
    public void LearnXml(string? xml)
    {
        foreach (Match element in xml is null ? [] : SecretElement().Matches(xml).AsEnumerable())
        {
            Add(element.Groups["value"].Value.Trim());
        }
    }

    /// <summary>A text with every form of every secret masked.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Redact(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // Longest first: a secret may be part of another.
        foreach (string form in _forms.OrderByDescending(form => form.Length))
        {
            text = text.Replace(form, EvidenceDocument.MaskedOctet, StringComparison.OrdinalIgnoreCase);
        }

        return text;
    }

    private void LearnOctets(ReadOnlySpan<byte> secret)
    {
        string compact = Convert.ToHexString(secret);
        string[] pairs = [.. compact.Chunk(2).Select(pair => new string(pair))];
        Add(compact);
        Add(string.Join(' ', pairs));
        Add(string.Join('-', pairs));
        Add(Encoding.Latin1.GetString(secret));
    }

    private void Add(string form)
    {
        if (form.Length >= ShortestText)
        {
            _forms.Add(form);
        }
    }

    [GeneratedRegex(
        @"<(?:[\w.-]+:)?(?:UTRN|MPxN|ImportMPxN|ImportMPAN|SecondaryImportMPAN|ExportMPAN|MPRN|InstallCode)\b[^<>]*>(?<value>[^<]*)<",
        RegexOptions.CultureInvariant)]
    private static partial Regex SecretElement();
}
