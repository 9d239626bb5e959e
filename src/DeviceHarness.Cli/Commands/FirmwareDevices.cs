using System.CommandLine;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Firmware;
using DeviceHarness.Cli.Output;
using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness firmware devices</c>: groups a rig's devices by what they run, and says what keeps them from migration.</summary>
internal static class FirmwareDevices
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> rigConfig = CommonOptions.RigConfig();
        Option<bool> live = RigInventory.Live();
        Command command = new(
            "devices",
            """
            Group the devices of a rig by model and firmware version, with the way of each group to a version of the products list, and
            say what would keep a device from being migrated: firmware, certificates of the network operator, who calls it active.

            Examples:
              harness firmware devices
              harness firmware devices --live --json
            """)
        { rigConfig, live };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RigConfiguration rig = RigConfigurationReader.Read(parsed.GetRequiredValue(rigConfig));
            IReadOnlyList<InventoryDevice> devices =
                await RigInventory.OfAsync(rig, parsed.GetValue(live), parsed, cancellationToken).ConfigureAwait(false);
            CertifiedProductsList list = new(rig.Products);
            FirmwareRegister register = rig.FirmwareRegister ?? FirmwareRegister.Empty;
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            Group[] groups = [.. FirmwareGroup.Of(devices, list, register).Select(group => new Group(
                group.DeviceType, group.Model, group.Version, group.IsListed,
                [.. group.Devices.Select(id => rig.Devices.First(device => device.Eui64 == id).Id.Value)], group.Upgrade.ToString()))];
            Finding[] findings = [.. devices.SelectMany(device => MigrationChecks.Of(device, list, register, now).Select(finding =>
                new Finding(rig.Devices.First(row => row.Eui64 == device.DeviceId).Id.Value, finding.Check, finding.Text)))];
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(new { Rig = rig.Name, Groups = groups, Migration = findings });
                return ExitCode.Passed;
            }

            ConsoleText.WriteTable(
                ["type", "model", "firmware", "listed", "devices", "upgrade to a listed version"],
                [.. groups.Select(group => (IReadOnlyList<string>)
                [
                    group.DeviceType, group.Model, group.Firmware.Length == 0 ? "unknown" : group.Firmware, group.IsListed ? "yes" : "no",
                    string.Join(", ", group.Devices), group.Upgrade,
                ])]);
            foreach (Finding finding in findings)
            {
                Console.WriteLine($"{finding.Device} is not ready to migrate ({finding.Check}): {finding.Text}");
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private sealed record Group(
        string DeviceType, string Model, string Firmware, bool IsListed, IReadOnlyList<string> Devices, string Upgrade);

    private sealed record Finding(string Device, string Check, string Text);
}
