using System.Buffers;
using System.Globalization;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Cli.Firmware;

/// <summary>What a firmware file holds, or where it is malformed.</summary>
internal sealed record FirmwareInspection
{
    /// <summary>Whether the file is an upgrade file whose integrity code, if it has one, is right.</summary>
    public required bool IsWellFormed { get; init; }

    /// <summary>Where it is malformed, in octets from the file's start; null when it is not.</summary>
    public long? FaultOffset { get; init; }

    /// <summary>How it is malformed; null when it is not.</summary>
    public string? Fault { get; init; }

    /// <summary>What is odd and not wrong.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The size of the file, in octets.</summary>
    public required int Octets { get; init; }

    /// <summary>The SHA-256 of the file: what SRV 11.3 names the image by; null when the file is too large for SRV 11.1.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The header; null when it is malformed.</summary>
    public FirmwareHeader? Header { get; init; }

    /// <summary>The elements.</summary>
    public IReadOnlyList<FirmwareElement> Elements { get; init; } = [];

    /// <summary>Whether the integrity code is right, and what it covers; null when it was not looked at.</summary>
    public OtaIntegrity? Integrity { get; init; }

    /// <summary>Looks into a file.</summary>
    public static FirmwareInspection Of(byte[] octets)
    {
        FirmwareInspection basis = new()
        {
            IsWellFormed = false,
            Octets = octets.Length,
            Sha256 = octets.Length is > 0 and <= FirmwareImage.MaxOctets
                ? Convert.ToHexStringLower(new FirmwareImage(octets).Hash.Span)
                : null,
        };
        int start = OtaFile.FindStart(octets);
        if (start < 0)
        {
            string searched = string.Create(CultureInfo.InvariantCulture, $"{Math.Min(octets.Length, OtaFile.MaximumPrefixOctets)}");
            return basis with { FaultOffset = 0, Fault = $"no magic number 1E F1 EE 0B in the first {searched} octets" };
        }

        FirmwareInspection headed = OtaHeader.Decode(octets.AsSpan(start), out OtaHeader header, out _, out _) == OperationStatus.Done
            ? basis with { Header = FirmwareHeader.Of(header) }
            : basis;
        OperationStatus status = OtaFile.Decode(octets.AsSpan(start), out OtaFile file, out int consumed, out CodecFault fault);
        if (status != OperationStatus.Done)
        {
            return headed with { FaultOffset = start + fault.Offset, Fault = Describe(fault) };
        }

        OtaIntegrity integrity = file.CheckIntegrity();
        FirmwareInspection whole = headed with
        {
            IsWellFormed = true,
            Elements = ElementsOf(file, start),
            Integrity = integrity,
            Warnings = [.. Warn(file, start, octets.Length - start - consumed)],
        };
        if (integrity != OtaIntegrity.Wrong)
        {
            return whole;
        }

        _ = file.TryFind(OtaElementTag.IntegrityCode, out _, out int offset);
        return whole with
        {
            IsWellFormed = false,
            FaultOffset = start + offset,
            Fault = "the integrity code is not that of the octets before it",
        };
    }

    private static string Describe(CodecFault fault) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fault.Clause}: {fault.Kind}, expected {fault.Expected} (0x{fault.Expected:X}), found {fault.Actual} (0x{fault.Actual:X})");

    private static List<FirmwareElement> ElementsOf(in OtaFile file, int start)
    {
        List<FirmwareElement> elements = [];
        OtaElementReader reader = file.Elements;
        while (reader.MoveNext())
        {
            ushort tag = (ushort)reader.Current.Tag;
            string name = Enum.IsDefined(reader.Current.Tag) ? reader.Current.Tag.ToString() : tag >= 0xF000 ? "Manufacturer" : "Unknown";
            elements.Add(new FirmwareElement(tag, name, start + reader.Offset, reader.Current.Content.Length));
        }

        return elements;
    }

    private static List<string> Warn(in OtaFile file, int prefixOctets, int trailingOctets)
    {
        List<string> warnings = [];
        if (prefixOctets > 0)
        {
            warnings.Add($"{prefixOctets} octets stand before the image");
        }

        if (trailingOctets > 0)
        {
            warnings.Add($"{trailingOctets} octets follow the image");
        }

        if (!file.TryFind(OtaElementTag.UpgradeImage, out _, out _))
        {
            warnings.Add("there is no firmware in it (tag 0000)");
        }

        if (!file.TryFind(OtaElementTag.IntegrityCode, out _, out _))
        {
            warnings.Add("there is no integrity code (tag 0003): this harness delivers no such image");
        }

        if (FirmwareLabel.Find(file.Header.Text) is null)
        {
            warnings.Add("the header string is no 'model version': only the file version names what the image brings");
        }

        return warnings;
    }
}

/// <summary>The header of a firmware file.</summary>
internal sealed record FirmwareHeader(
    string ManufacturerCode, string ImageType, string FileVersion, int StackVersion, string Text, string? Model, string? Version,
    long TotalOctets, int? MinimumHardware, int? MaximumHardware, string? Destination, int? SecurityCredentialVersion)
{
    /// <summary>Copies a header.</summary>
    internal static FirmwareHeader Of(in OtaHeader header)
    {
        FirmwareLabel? label = FirmwareLabel.Find(header.Text);
        return new FirmwareHeader(
            Hex(header.ManufacturerCode, 4), Hex(header.ImageType, 4), Hex(header.FileVersion, 8), header.StackVersion, header.Text,
            label?.Model, label?.Version, header.TotalOctets, header.Hardware?.Minimum, header.Hardware?.Maximum,
            header.Destination is { } destination ? new Duis.Eui64(destination).ToString() : null, header.SecurityCredentialVersion);
    }

    private static string Hex(uint value, int digits) => value.ToString($"X{digits}", CultureInfo.InvariantCulture);
}

/// <summary>An element of a firmware file.</summary>
internal sealed record FirmwareElement(int Tag, string Name, int Offset, int ContentOctets);
