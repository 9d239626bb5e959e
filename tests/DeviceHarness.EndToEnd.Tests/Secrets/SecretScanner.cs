using System.Security;
using System.Text;
using System.Text.Json;

namespace DeviceHarness.EndToEnd.Tests.Secrets;

/// <summary>Looks for secrets in octets, in every form in which a program may have written them.</summary>
internal sealed class SecretScanner
{
    // What is shorter stands in files by chance.
    private const int ShortestForm = 8;

    private readonly List<(string Name, byte[] Octets)> _forms = [];

    /// <summary>Looks for a secret from now on.</summary>
    /// <param name="name">What findings call it.</param>
    /// <param name="secret">Its octets, at least <see cref="ShortestForm"/>.</param>
    public void Add(string name, ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, ShortestForm);
        foreach ((string form, byte[] octets) in FormsOf(secret.ToArray()))
        {
            if (octets.Length >= ShortestForm)
            {
                _forms.Add(($"{name} as {form}", octets));
            }
        }
    }

    /// <summary>Looks for a secret from now on.</summary>
    /// <param name="name">What findings call it.</param>
    /// <param name="secret">Its text.</param>
    public void Add(string name, string secret) => Add(name, Encoding.UTF8.GetBytes(secret));

    /// <summary>What is found, by name and form; empty when nothing is.</summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<byte> content)
    {
        List<string> found = [];
        foreach ((string name, byte[] octets) in _forms)
        {
            if (content.IndexOf(octets) >= 0)
            {
                found.Add(name);
            }
        }

        return found;
    }

    /// <summary>Every form of a secret.</summary>
    public static IEnumerable<(string Form, byte[] Octets)> FormsOf(byte[] secret)
    {
        yield return ("octets", secret);
        foreach ((string form, string text) in TextFormsOf(secret).DistinctBy(form => form.Text))
        {
            yield return (form, Encoding.UTF8.GetBytes(text));
            yield return ($"{form} in UTF-16LE", Encoding.Unicode.GetBytes(text));
            yield return ($"{form} in UTF-16BE", Encoding.BigEndianUnicode.GetBytes(text));
        }
    }

    private static IEnumerable<(string Form, string Text)> TextFormsOf(byte[] secret)
    {
        string text = Encoding.Latin1.GetString(secret);
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            yield return ("text", text);
            yield return ("text in XML", SecurityElement.Escape(text));
            yield return ("text in JSON", JsonEncodedText.Encode(text).ToString());
            yield return ("text in a URL", Uri.EscapeDataString(text));
        }

        string[] pairs = [.. secret.Select(octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))];
        foreach (string separator in (string[])["", " ", "-", ":", "%"])
        {
            string hex = (separator == "%" ? separator : string.Empty) + string.Join(separator, pairs);
            string form = separator == "%" ? "percent-encoded octets" : $"hex with '{separator}'";
            yield return ($"{form}, upper case", hex);
            yield return ($"{form}, lower case", hex.ToLowerInvariant());
        }

        for (int before = 0; before < 3; before++)
        {
            // Octets before and after change the characters at the edges: what is left is there wherever the secret stands.
            string whole = Convert.ToBase64String([.. new byte[before], .. secret, .. new byte[(6 - before - (secret.Length % 3)) % 3]]);
            int first = (before * 8 + 5) / 6;
            string inner = whole[first..((before + secret.Length) * 8 / 6)];
            yield return ($"base64 at {before}", inner);
            yield return ($"base64url at {before}", inner.Replace('+', '-').Replace('/', '_'));
        }
    }
}
