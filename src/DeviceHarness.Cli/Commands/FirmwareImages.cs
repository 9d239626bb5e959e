using System.CommandLine;
using System.Globalization;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Output;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness firmware images</c>: shows a firmware register.</summary>
internal static class FirmwareImages
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<string?> path = new("--register")
        {
            Description = "The register; default: the one that the rig file names",
            HelpName = "file",
        };
        Command command = new(
            "images",
            """
            List the firmware images that are recorded, whether the rig's products list holds what they make of a device, which came
            after the freeze, and what is waited for and late.

            Examples:
              harness firmware images
              harness firmware images --register firmware.yaml --json
            """)
        { rigConfig, path };
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(path);
            RigConfiguration? rig = file is null ? RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig)) : null;
            FirmwareRegister register = file is null ? RegisterOf(rig!) : FirmwareRegisterReader.Read(file);
            DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(register);
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["type", "model", "version", "provider", "received", "SHA-256", "listed", "remark"],
                [.. register.Images.Select(image => (IReadOnlyList<string>)
                [
                    image.DeviceType, image.Model, image.Version, image.Provider, Day(image.Received), image.Sha256,
                    Listed(rig, image), Remark(register, image),
                ])]);
            if (register.Dependencies.Count > 0)
            {
                ConsoleText.WriteTable(
                    ["waited for", "from", "needed by", "came", "remark"],
                    [.. register.Dependencies.Select(row => (IReadOnlyList<string>)
                    [
                        row.What, row.Provider, Day(row.NeedBy), row.Met is { } met ? Day(met) : string.Empty,
                        row.IsLate(today) ? "LATE" : string.Empty,
                    ])]);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    /// <summary>The register of a rig.</summary>
    /// <exception cref="CommandException">Its file names none.</exception>
    public static FirmwareRegister RegisterOf(RigConfiguration rig) => rig.FirmwareRegister
        ?? throw new CommandException(ExitCode.Usage, $"{rig.File} names no firmware-register; give one with --register");

    /// <summary>Whether the products list holds what the image makes of a device.</summary>
    private static string Listed(RigConfiguration? rig, FirmwareImageRecord image) => rig is null || rig.Products.Count == 0
        ? "no list"
        : rig.Products.Any(entry => entry.Covers(DeviceWith(image))) ? "yes" : "NO";

    private static InventoryDevice DeviceWith(FirmwareImageRecord image) =>
        new(default, image.DeviceType, DeviceStatus.Commissioned, image.Version, Smets1: true) { Model = image.Model };

    private static string Remark(FirmwareRegister register, FirmwareImageRecord image) =>
        register.Baseline is { } baseline && baseline.IsLate(image)
            ? $"after the freeze of {Day(baseline.Freeze)}: what was tested before differs from what goes live"
            : string.Empty;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
