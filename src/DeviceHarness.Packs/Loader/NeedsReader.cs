using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the device roles of a pack.</summary>
internal static class NeedsReader
{
    /// <summary>Reads them; what is wrong is listed.</summary>
    public static PackRoles Read(ConfigurationNode node, FaultList faults)
    {
        List<DeviceNeed> needs = [];
        HashSet<string> broken = new(StringComparer.Ordinal);
        foreach (string role in node.Keys)
        {
            if (faults.Read(() => ReadNeed(role, node.Require(role), faults)) is { } need)
            {
                needs.Add(need);
            }
            else
            {
                broken.Add(role);
            }
        }

        return new PackRoles(needs, broken);
    }

    private static DeviceNeed ReadNeed(string role, ConfigurationNode node, FaultList faults)
    {
        if (!PackLoader.IsIdentifier(role) || BuiltInVariables.Reserved.Contains(role))
        {
            throw node.Fault(PackFaults.UnknownDeviceRole, $"the role '{role}'",
                "lower-case letters, digits and hyphens, a letter first, no reserved name");
        }

        if (node.IsScalar)
        {
            return new DeviceNeed(role, CatalogueReader.ReadDeviceType(node), Device: null, Facts: []);
        }

        ConfigurationNode? device = node.Find("device");
        ConfigurationNode? facts = node.Find("facts");
        string type = CatalogueReader.ReadDeviceType(node.Require("type"));
        faults.RejectOtherKeys(node);
        return new DeviceNeed(role, type, device?.AsText(), [.. facts?.Items().Select(ReadFact) ?? []]);
    }

    private static string ReadFact(ConfigurationNode node)
    {
        string fact = PackLoader.ReadIdentifier(node);
        return BuiltInVariables.DeviceProperties.Contains(fact)
            ? throw node.Fault(PackFaults.Duplicate, $"'{fact}'", "a name that is not one of a device's own properties")
            : fact;
    }
}
