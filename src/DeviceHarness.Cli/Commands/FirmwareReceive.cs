using System.Buffers;
using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness firmware receive</c>: records who gave a firmware image.</summary>
internal static class FirmwareReceive
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "The firmware file" };
        Option<string> register = new("--register") { Description = "The register to add to; begun when missing", Required = true };
        Option<string> provider = new("--provider") { Description = "Who gave it", Required = true };
        Option<string> type = new("--type") { Description = "The DUIS device type that it is for", DefaultValueFactory = _ => "ESME" };
        Option<string> model = new("--model") { Description = "The device model: the name of the device profile", Required = true };
        Option<string?> version = new("--version") { Description = "The firmware version; default: the one in the file's header string" };
        Option<string?> received = new("--received") { Description = "The day on which it came, such as 2026-01-31; default: today" };
        Command command = new(
            "receive",
            """
            Record a firmware image: provider, SHA-256, version, the day on which it came. An 11.1 of a pack wants such a record.

            Examples:
              harness firmware receive esme-4.3.0.ota --register firmware.yaml --model my-esme --provider "A Supplier"
              harness firmware receive x.bin --register firmware.yaml --model my-esme --provider X --version 4.3.0 --received 2026-01-31
            """)
        { file, register, provider, type, model, version, received };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            byte[] octets = await FirmwareCommand.ReadAsync(
                parsed.GetRequiredValue(file), FirmwareImage.MaxOctets, cancellationToken).ConfigureAwait(false);
            if (octets.Length == 0)
            {
                throw Wrong($"{parsed.GetRequiredValue(file)} is empty");
            }

            FirmwareImageRecord record = new(
                Convert.ToHexStringLower(new FirmwareImage(octets).Hash.Span),
                parsed.GetRequiredValue(type),
                parsed.GetRequiredValue(model),
                parsed.GetValue(version) ?? VersionIn(octets) ?? throw Wrong("the file names no version; give one with --version"),
                parsed.GetRequiredValue(provider),
                DayOf(parsed.GetValue(received)));
            await RegisterFile.AddAsync(parsed.GetRequiredValue(register), record, cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(record);
            }
            else
            {
                Console.WriteLine(
                    $"{parsed.GetRequiredValue(register)}: {record.DeviceType} {record.Model} {record.Version}, SHA-256 {record.Sha256}");
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static string? VersionIn(byte[] octets) => OtaFile.Decode(octets, out OtaFile file, out _, out _) == OperationStatus.Done
        ? FirmwareLabel.Find(file.Header.Text)?.Version
        : null;

    private static DateOnly DayOf(string? text)
    {
        if (text is null)
        {
            return DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw Wrong($"--received: found '{text}'; allowed is a day such as 2026-01-31");
    }

    private static CommandException Wrong(string message) => new(ExitCode.Usage, message);
}
