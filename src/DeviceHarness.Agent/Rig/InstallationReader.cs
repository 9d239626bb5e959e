using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Migration;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads the installations of a rig file, and how they are migrated.</summary>
internal static class InstallationReader
{
    private const int MaximumInstallations = 64;
    private const int MaximumAttempts = 100;

    private static readonly TimeSpan MaximumTime = TimeSpan.FromDays(30);

    /// <summary>Reads <c>installations</c>.</summary>
    /// <param name="node">The entry; null where the file has none.</param>
    /// <param name="devices">The devices of the bench.</param>
    /// <returns>The installations, and the devices of theirs that are not on the bench.</returns>
    public static (IReadOnlyList<Installation> Installations, IReadOnlyList<InventoryDevice> Elsewhere) Read(
        ConfigurationNode? node, IReadOnlyList<RigDevice> devices)
    {
        List<Installation> installations = [];
        List<InventoryDevice> elsewhere = [];
        foreach (string name in node?.Keys ?? [])
        {
            ConfigurationNode entry = node!.Require(name);
            InventoryDevice[] here = [.. (entry.Find("devices")?.Items() ?? []).Select(item => Member(item, devices))];
            InventoryDevice[] others = [.. (entry.Find("elsewhere")?.Items() ?? []).Select(Elsewhere)];
            entry.RejectOtherKeys();
            foreach (InventoryDevice other in others)
            {
                if (devices.Any(device => device.Eui64 == other.DeviceId) || elsewhere.Exists(one => one.DeviceId == other.DeviceId))
                {
                    throw entry.Require("elsewhere").Wrong($"the EUI-64 {other.DeviceId} again", "an EUI-64 of its own for each device");
                }

                elsewhere.Add(other);
            }

            installations.Add(here.Length + others.Length > 0
                ? new Installation(name, [.. here.Concat(others).Select(device => device.DeviceId)])
                : throw entry.Wrong("no device", "devices of this file, or elsewhere"));
        }

        return installations.Count <= MaximumInstallations
            ? (installations, elsewhere)
            : throw node!.Wrong($"{installations.Count} installations", $"at most {MaximumInstallations}");
    }

    /// <summary>Reads <c>migration-rules</c>.</summary>
    /// <param name="node">The entry; null where the file has none.</param>
    public static MigrationRules ReadRules(ConfigurationNode? node)
    {
        if (node is null)
        {
            return MigrationRules.Usual;
        }

        MigrationRules rules = MigrationRules.Usual with
        {
            SlowAfter = node.Find("slow-after")?.AsDuration(TimeSpan.Zero, MaximumTime) ?? MigrationRules.Usual.SlowAfter,
            MaximumAttempts = (int?)node.Find("attempts")?.AsInteger(1, MaximumAttempts) ?? MigrationRules.Usual.MaximumAttempts,
        };
        node.RejectOtherKeys();
        return rules;
    }

    private static InventoryDevice Member(ConfigurationNode node, IReadOnlyList<RigDevice> devices) =>
        devices.FirstOrDefault(device => device.Id.Value == node.AsText())?.InventoryRow
            ?? throw node.Wrong($"'{node.AsText()}'", $"a device of this file: {string.Join(", ", devices.Select(device => device.Id))}");

    private static InventoryDevice Elsewhere(ConfigurationNode node)
    {
        InventoryDevice device = new(
            RigConfigurationReader.Identifier(node.Require("eui64")), node.Require("type").AsOneOf(RigConfigurationReader.DeviceTypes),
            DeviceStatus.InstalledNotCommissioned, node.Find("firmware")?.AsText() ?? string.Empty, Smets1: true)
        {
            Model = node.Find("model")?.AsText() ?? string.Empty,
            Ownership = OwnershipReader.Read(node.Find("owners")),
            Activity = RigConfigurationReader.Activity(node.Find("activity")),
        };
        node.RejectOtherKeys();
        return device;
    }
}
