using System.Net;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using DeviceHarness.Abstractions.Wire;

namespace DeviceHarness.Packs.Evidence;

/// <summary>The secrets that an attempt or a request has met, kept out of every text that is written of it: those of the rig file,
/// passwords from the octets, and what DUIS elements name as UTRN, MPxN or install code. Not safe for several threads.</summary>
public sealed partial class SecretText
{
    // What is shorter stands in texts by chance.
    private const int ShortestText = 4;

    private readonly HashSet<string> _forms = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The DUIS elements whose content is secret.</summary>
    public static IReadOnlySet<string> Elements { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "UTRN", "MPxN", "ImportMPxN", "ImportMPAN", "SecondaryImportMPAN", "ExportMPAN", "MPRN", "InstallCode",
    };

    /// <summary>The contents of the secret elements of a message, white space around them aside.</summary>
    public static IEnumerable<string> FindIn(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return SecretElement().Matches(xml).Select(element => element.Groups["value"].Value.Trim());
    }

    /// <summary>Learns secrets that are known as texts.</summary>
    public void Learn(IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        foreach (string secret in secrets)
        {
            Add(secret);
            Add(SecurityElement.Escape(secret));
            LearnOctets(Encoding.UTF8.GetBytes(secret));
        }
    }

    /// <summary>Learns the passwords of octets.</summary>
    public void Learn(WireSecrets secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        foreach (ReadOnlyMemory<byte> value in secrets.Values)
        {
            LearnOctets(value.Span);
        }
    }

    /// <summary>Learns what the secret elements of a message hold; null is a message that there was not.</summary>
    public void LearnXml(string? xml)
    {
        foreach (string secret in xml is null ? [] : FindIn(xml))
        {
            Add(secret);
            Add(WebUtility.HtmlDecode(secret));
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
        if (secret.Length < ShortestText)
        {
            return;
        }

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
        @"<([\w.-]+:)?(UTRN|MPxN|ImportMPxN|ImportMPAN|SecondaryImportMPAN|ExportMPAN|MPRN|InstallCode)\b[^<>]*>"
        + @"\s*(<!\[CDATA\[)?(?<value>[^<]*?)(\]\]>\s*)?<",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretElement();
}
