using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads who is responsible for a device.</summary>
internal static class OwnershipReader
{
    /// <summary>The most registrations of one device.</summary>
    public const int MaximumRegistrations = 64;

    private const string Allowed = "a time in UTC such as 2026-01-31T00:00:00Z";

    /// <summary>Reads the entry; null when there is none.</summary>
    public static DeviceOwnership? Read(ConfigurationNode? node)
    {
        if (node is null)
        {
            return null;
        }

        DeviceOwnership ownership = new()
        {
            Registrations = Registrations(node.Find("registrations")),
            SupplierCertificate = node.Find("supplier-certificate") is { } supplier ? RigConfigurationReader.Identifier(supplier) : null,
            NetworkOperatorCertificate =
                node.Find("network-operator-certificate") is { } network ? RigConfigurationReader.Identifier(network) : null,
            ServiceProviderCopy =
                node.Find("network-operator-certificate-at-s1sp") is { } copy ? RigConfigurationReader.Identifier(copy) : null,
        };
        node.RejectOtherKeys();
        return ownership;
    }

    private static List<Registration> Registrations(ConfigurationNode? node)
    {
        List<Registration> registrations = [];
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            registrations.Add(new Registration(
                item.Require("role").AsOneOf(RigConfigurationReader.UserRoles), RigConfigurationReader.Identifier(item.Require("user")),
                Time(item.Require("from")), item.Find("to") is { } end ? Time(end) : null));
            item.RejectOtherKeys();
        }

        return registrations.Count <= MaximumRegistrations
            ? registrations
            : throw node!.Wrong($"{registrations.Count} registrations", $"at most {MaximumRegistrations} registrations");
    }

    private static DateTimeOffset Time(ConfigurationNode node) =>
        DateTimeOffset.TryParseExact(
            node.AsText(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw node.Wrong($"'{node.AsText()}'", Allowed);
}
