using System.Buffers;
using System.Text.RegularExpressions;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Cli.Firmware;

/// <summary>Puts firmware files into packs and requests that name them: <c>@firmware-image(file)</c>, <c>@firmware-hash(file)</c> and
/// <c>@firmware-version(file)</c>, paths relative to the file that holds them.</summary>
/// <remarks>What is sent on is the whole text, so that a cycle's frozen pack holds the very image that it ran with.</remarks>
internal static partial class FirmwareReferences
{
    /// <summary>The most octets of images that one text may hold.</summary>
    public const int MaximumOctets = 1024 * 1024;

    /// <summary>Replaces every reference.</summary>
    /// <param name="text">The pack or request.</param>
    /// <param name="file">Its file, for the paths and for messages; null when it has none, and paths are relative to the present
    /// folder.</param>
    /// <exception cref="CommandException">A file is missing, too large, or no firmware file.</exception>
    public static string Inline(string text, string? file)
    {
        string folder = file is null ? string.Empty : Path.GetDirectoryName(Path.GetFullPath(file)) ?? string.Empty;
        Dictionary<string, FirmwareImage> images = new(StringComparer.Ordinal);
        int total = 0;
        return Pattern().Replace(text, reference =>
        {
            string name = reference.Groups["file"].Value.Trim();
            if (!images.TryGetValue(name, out FirmwareImage? image))
            {
                image = Read(Path.Combine(folder, name), name);
                images.Add(name, image);
            }

            if (reference.Groups["what"].Value != "image")
            {
                return reference.Groups["what"].Value == "hash" ? Convert.ToHexString(image.Hash.Span) : VersionOf(image, name);
            }

            total += image.Octets.Length;
            return total <= MaximumOctets
                ? Convert.ToBase64String(image.Octets.Span)
                : throw Wrong($"the images of {file ?? "this text"} have {total} octets together; allowed are {MaximumOctets}");
        });
    }

    private static FirmwareImage Read(string path, string name)
    {
        FileInfo found = new(path);
        return found.Exists && found.Length is > 0 and <= MaximumOctets
            ? new FirmwareImage(File.ReadAllBytes(path))
            : throw Wrong(found.Exists
                ? $"@firmware: {path} has {found.Length} octets; allowed are 1 to {MaximumOctets}"
                : $"@firmware: no file {path} ('{name}')");
    }

    private static string VersionOf(FirmwareImage image, string name)
    {
        OperationStatus status = OtaFile.Decode(image.Octets.Span, out OtaFile file, out _, out CodecFault fault);
        string text = status == OperationStatus.Done ? file.Header.Text : string.Empty;
        string found = status == OperationStatus.Done ? $"'{text}'" : fault.ToString();
        return FirmwareLabel.Find(text)?.Version ?? throw Wrong($"@firmware-version: {name} names no version: {found}");
    }

    private static CommandException Wrong(string message) => new(ExitCode.Usage, message);

    [GeneratedRegex(@"@firmware-(?<what>image|hash|version)\((?<file>[^()""'<>\r\n]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
