using System.CommandLine;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness firmware plan</c>: the upgrade of one device, such as a dormant meter before its migration.</summary>
internal static class FirmwarePlan
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> name = new("device") { Description = "The device, by its name in the rig file" };
        Option<string?> target = new("--to") { Description = "The version to end at; default: the nearest one of the products list" };
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> live = RigInventory.Live();
        Command command = new(
            "plan",
            """
            Plan the upgrade of a device to a version of the products list: which images, in which order, and who gave them.
            Exit code 1 when the job may not start: the version is not listed, no way is recorded, or an image is missing.

            Examples:
              harness firmware plan esme-01
              harness firmware plan esme-01 --to 4.2.1 --json
            """)
        { name, target, rigConfig, live };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            RigDevice device = rig.Devices.FirstOrDefault(row => row.Id.Value == parsed.GetRequiredValue(name))
                ?? throw new CommandException(
                    ExitCode.Usage,
                    $"{rig.Name} has no device '{parsed.GetRequiredValue(name)}'; it has "
                    + string.Join(", ", rig.Devices.Select(row => row.Id.Value)));
            IReadOnlyList<InventoryDevice> rows =
                await RigInventory.OfAsync(rig, parsed.GetValue(live), parsed, cancellationToken).ConfigureAwait(false);
            FirmwareUpgradePlan plan = FirmwareUpgradePlan.Of(
                rows.First(row => row.DeviceId == device.Eui64), new CertifiedProductsList(rig.Products),
                rig.FirmwareRegister ?? FirmwareRegister.Empty, parsed.GetValue(target));
            if (parsed.GetValue(CommonOptions.Json))
            {
                string firmware = plan.Device.FirmwareVersion;
                JsonText.Write(new { Device = device.Id.Value, Firmware = firmware, plan.IsThere, plan.Steps, plan.Blocks });
            }
            else
            {
                Write(device, plan);
            }

            return plan.Blocks.Count == 0 ? ExitCode.Passed : ExitCode.Failed;
        });
        return command;
    }

    private static void Write(RigDevice device, FirmwareUpgradePlan plan)
    {
        Console.WriteLine($"{device.Id.Value} runs {plan.Device.FirmwareVersion}"
            + (plan.IsThere ? ": no upgrade is needed" : string.Empty));
        int number = 0;
        foreach (PlannedUpgrade step in plan.Steps)
        {
            number++;
            Console.WriteLine($"{number}. 11.1, 11.3, 11.2 to {step.Version}"
                + (step.Image is { } image ? $": SHA-256 {image.Sha256}, from {image.Provider}" : string.Empty));
        }

        foreach (string block in plan.Blocks)
        {
            Console.WriteLine($"may not start: {block}");
        }
    }
}
