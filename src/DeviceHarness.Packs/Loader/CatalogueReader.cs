using System.Collections.Frozen;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Loader;

/// <summary>Reads the words that the SRV catalogue defines: variants, User Roles, device types.</summary>
internal static class CatalogueReader
{
    /// <summary>The User Role of a request that names none: the import supplier.</summary>
    public const string DefaultRole = "IS";

    private static readonly FrozenSet<string> Roles =
        ServiceUsers.Roles.SelectMany(role => role == ServiceUsers.Dcc ? (string[])[role] : [role, ServiceUsers.OtherOf(role)])
            .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> DeviceTypes =
        SrvCatalogue.Entries.SelectMany(entry => entry.DeviceTypes).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads a service reference variant that the catalogue has.</summary>
    public static SrvEntry ReadVariant(ConfigurationNode node)
    {
        string srv = node.AsText();
        if (SrvCatalogue.TryFind(srv, out SrvEntry? entry))
        {
            return entry;
        }

        string group = srv.Split('.')[0] + ".";
        string[] near = [.. SrvCatalogue.Entries.Select(candidate => candidate.Srv)
            .Where(candidate => candidate.StartsWith(group, StringComparison.Ordinal))];
        throw node.Fault(PackFaults.UnknownServiceReferenceVariant, $"'{srv}'",
            near.Length > 0
                ? string.Join(", ", near)
                : $"one of the {SrvCatalogue.Entries.Count} variants of the catalogue, such as 4.1.1");
    }

    /// <summary>Reads a User Role, or the name of a second User of one.</summary>
    public static string ReadRole(ConfigurationNode node)
    {
        string role = node.AsText();
        return Roles.Contains(role) ? role : throw node.Fault(PackFaults.UnknownRole, $"'{role}'", Listed(Roles));
    }

    /// <summary>Reads a DUIS device type.</summary>
    public static string ReadDeviceType(ConfigurationNode node)
    {
        string type = node.AsText();
        return DeviceTypes.Contains(type) ? type : throw node.Wrong($"'{type}'", Listed(DeviceTypes));
    }

    /// <summary>The command variant of a request that names none: the first that its variant has.</summary>
    /// <remarks>The table <c>smets1-cv-assumed</c>: which variants SMETS1 uses is an assumption, and is printed as one.</remarks>
    public static int DefaultCommandVariant(SrvEntry entry) => CommandVariantRules.Smets1Assumed.VariantsOf(entry)[0];

    private static string Listed(FrozenSet<string> words) => string.Join(", ", words.Order(StringComparer.Ordinal));
}
