using System.Text;

namespace DeviceHarness.Codecs.OtaImage;

/// <summary>What this harness writes into the header string: <c>model version</c>, such as <c>generic-smets1 4.3.0</c>.</summary>
/// <remarks>A convention of this harness: the file format leaves the header string to the manufacturer, and its file version is a number,
/// where a Service Request names a version by 1 to 8 characters.</remarks>
/// <param name="Model">The device model; may hold blanks.</param>
/// <param name="Version">The firmware version, 1 to 8 printable ASCII characters without a blank.</param>
public sealed record FirmwareLabel(string Model, string Version)
{
    /// <summary>The longest firmware version that a Service Request can name, in characters.</summary>
    public const int MaximumVersionCharacters = 8;

    /// <summary>Reads a header string.</summary>
    /// <param name="text">The header string's text.</param>
    /// <returns>The label; null when the text is not of this form.</returns>
    public static FirmwareLabel? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.TrimEnd(' ');
        int blank = trimmed.LastIndexOf(' ');
        string version = trimmed[(blank + 1)..];
        return blank > 0 && IsVersion(version) ? new FirmwareLabel(trimmed[..blank].TrimEnd(' '), version) : null;
    }

    /// <summary>Whether a text may be a firmware version.</summary>
    /// <param name="version">The text.</param>
    public static bool IsVersion(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Length is > 0 and <= MaximumVersionCharacters && version.All(character => character is > ' ' and <= '~');
    }

    /// <summary>The header string's octets.</summary>
    /// <exception cref="ArgumentException">The label is longer than a header string, or is not printable ASCII.</exception>
    public byte[] ToOctets()
    {
        string text = ToString();
        bool fits = text.Length <= OtaHeader.HeaderStringOctets && Model.Length > 0 && IsVersion(Version)
            && Model.All(character => character is >= ' ' and <= '~');
        return fits
            ? Encoding.ASCII.GetBytes(text)
            : throw new ArgumentException($"'{text}' is no model, blank and version in {OtaHeader.HeaderStringOctets} ASCII characters");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Model} {Version}";
}
