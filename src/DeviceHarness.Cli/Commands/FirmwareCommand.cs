using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness firmware</c>: firmware files, and the register of images and upgrades.</summary>
internal static class FirmwareCommand
{
    private const ushort TestManufacturer = 0xFFF1;
    private const long LargestInspected = OtaFile.MaximumOctets;

    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "firmware",
        """
        Make firmware files (ZigBee OTA upgrade files), look into them, record who gave them, and plan upgrades.

        Examples:
          harness firmware build --model generic-smets1 --version 4.3.0 --hardware 1-3 --made-up 8192 -o esme-4.3.0.ota
          harness firmware inspect esme-4.3.0.ota
          harness firmware receive esme-4.3.0.ota --register firmware.yaml --type ESME --model my-esme --provider "A Supplier"
          harness firmware images
          harness firmware devices
          harness firmware plan esme-01 --to 4.2.1
        """)
    { CreateBuild(), CreateInspect(), FirmwareReceive.Create(), FirmwareImages.Create(), FirmwareDevices.Create(), FirmwarePlan.Create() };

    private static Command CreateBuild()
    {
        Option<string> model = Needed("--model", "The device model, for the header string", "name");
        Option<string> version = Needed("--version", "The firmware version, 1 to 8 characters without a blank", "text");
        Option<string> hardware = Needed("--hardware", "The hardware versions that it is for, such as 1-3 or 2", "range");
        Option<string?> payload = new("--payload") { Description = "The file that the device is to run", HelpName = "file" };
        Option<int> madeUp = new("--made-up")
        {
            Description = "Instead of a payload: so many made-up octets, the same each time; for virtual devices",
            HelpName = "octets",
        };
        Option<string> manufacturer = Number("--manufacturer", "The manufacturer code", $"0x{TestManufacturer:X4}");
        Option<string> imageType = Number("--image-type", "The image type: which device model of the manufacturer", "0x0001");
        Option<string> fileVersion = Number("--file-version", "The file version", "0x00000001");
        Option<string> output = new("--output", "-o") { Description = "The file to write", HelpName = "file", Required = true };
        Command command = new(
            "build",
            """
            Make a firmware file. The same input makes the same octets; the file ends in an integrity code over all of it.
            Its SHA-256, which SRV 11.3 names the image by, is printed.

            Examples:
              harness firmware build --model generic-smets1 --version 4.3.0 --hardware 1-3 --payload app.bin -o esme-4.3.0.ota
              harness firmware build --model generic-smets1 --version 4.3.0 --hardware 1 --made-up 8192 -o esme-4.3.0.ota
            """)
        { model, version, hardware, payload, madeUp, manufacturer, imageType, fileVersion, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FirmwareLabel label = new(parsed.GetRequiredValue(model), parsed.GetRequiredValue(version));
            byte[] content = await ContentAsync(
                parsed.GetValue(payload), parsed.GetValue(madeUp), label, cancellationToken).ConfigureAwait(false);
            byte[] file = Build(
                label,
                RangeOf(parsed.GetRequiredValue(hardware)),
                (ushort)NumberOf("--manufacturer", parsed.GetRequiredValue(manufacturer), ushort.MaxValue),
                (ushort)NumberOf("--image-type", parsed.GetRequiredValue(imageType), ushort.MaxValue),
                NumberOf("--file-version", parsed.GetRequiredValue(fileVersion), uint.MaxValue),
                content);
            string path = parsed.GetRequiredValue(output);
            await File.WriteAllBytesAsync(path, file, cancellationToken).ConfigureAwait(false);
            string hash = Convert.ToHexStringLower(new FirmwareImage(file).Hash.Span);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(new { File = Path.GetFullPath(path), Octets = file.Length, Sha256 = hash, label.Model, label.Version });
            }
            else
            {
                Console.WriteLine($"{path}: {label}, {file.Length} octets");
                Console.WriteLine($"SHA-256 {hash}");
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static Command CreateInspect()
    {
        Argument<string> path = new("file") { Description = "The firmware file" };
        Command command = new(
            "inspect",
            """
            Look into a firmware file: header, elements, integrity code, SHA-256. Exit code 1 when it is malformed, with offset and reason.

            Examples:
              harness firmware inspect esme-4.3.0.ota
              harness firmware inspect esme-4.3.0.ota --json
            """)
        { path };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            FirmwareInspection inspection = FirmwareInspection.Of(
                await ReadAsync(parsed.GetRequiredValue(path), LargestInspected, cancellationToken).ConfigureAwait(false));
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(inspection);
            }
            else
            {
                FirmwareText.Write(inspection, Console.Out);
            }

            return inspection.IsWellFormed ? ExitCode.Passed : ExitCode.Failed;
        });
        return command;
    }

    private static byte[] Build(
        FirmwareLabel label, OtaHardwareRange hardware, ushort manufacturer, ushort imageType, uint fileVersion, byte[] payload)
    {
        try
        {
            OtaHeader header = new()
            {
                ManufacturerCode = manufacturer,
                ImageType = imageType,
                FileVersion = fileVersion,
                StackVersion = OtaHeader.ZigBeePro,
                HeaderString = label.ToOctets(),
                Hardware = hardware,
            };
            byte[] file = OtaFileWriter.Write(header, payload);
            return file.Length <= FirmwareImage.MaxOctets
                ? file
                : throw Wrong($"the file would have {file.Length} octets; SRV 11.1 carries {FirmwareImage.MaxOctets} at most");
        }
        catch (ArgumentException exception)
        {
            throw Wrong(exception.Message);
        }
    }

    private static async Task<byte[]> ContentAsync(
        string? payload, int madeUpOctets, FirmwareLabel label, CancellationToken cancellationToken)
    {
        if (payload is null == madeUpOctets is 0 || madeUpOctets is < 0 or > FirmwareImage.MaxOctets)
        {
            throw Wrong($"one of --payload <file> and --made-up <1 to {FirmwareImage.MaxOctets}> is needed");
        }

        return payload is null
            ? MadeUpPayload.Of(label.ToString(), madeUpOctets)
            : await ReadAsync(payload, FirmwareImage.MaxOctets, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<byte[]> ReadAsync(string path, long limit, CancellationToken cancellationToken)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            throw Wrong($"no file {path}");
        }

        return file.Length <= limit
            ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
            : throw Wrong($"{path} has {file.Length} octets; allowed are {limit}");
    }

    private static OtaHardwareRange RangeOf(string text)
    {
        string[] parts = text.Split('-');
        uint minimum = NumberOf("--hardware", parts[0], ushort.MaxValue);
        uint maximum = parts.Length == 1 ? minimum : NumberOf("--hardware", parts[1], ushort.MaxValue);
        return parts.Length <= 2 && minimum <= maximum
            ? new OtaHardwareRange((ushort)minimum, (ushort)maximum)
            : throw Wrong($"--hardware: found '{text}'; allowed is a range such as 1-3");
    }

    private static Option<string> Needed(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value, Required = true };

    private static Option<string> Number(string name, string description, string fallback) => new(name)
    {
        Description = $"{description}, decimal or 0x; default: {fallback}",
        HelpName = "number",
        DefaultValueFactory = _ => fallback,
    };

    private static uint NumberOf(string name, string text, uint maximum)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        NumberStyles style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        bool isNumber = uint.TryParse(isHex ? text[2..] : text, style, CultureInfo.InvariantCulture, out uint value);
        return isNumber && value <= maximum ? value : throw Wrong($"{name}: found '{text}'; allowed: 0 to {maximum}");
    }

    private static CommandException Wrong(string message) => new(ExitCode.Usage, message);
}
