using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Duis.Inventory;

/// <summary>What has to hold of a device before it is migrated, as far as the inventory and the firmware register tell.</summary>
public static class MigrationChecks
{
    private static readonly string[] OperatorRoles = ["ED", "GT"];

    /// <summary>Checks a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="list">The products list.</param>
    /// <param name="register">Images and allowed upgrades, for the way out.</param>
    /// <param name="now">The time at which it is to be migrated.</param>
    /// <returns>Why it may not be migrated, each with what would help; empty when it may.</returns>
    public static IReadOnlyList<MigrationFinding> Of(
        InventoryDevice device, CertifiedProductsList list, FirmwareRegister register, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(list);
        List<MigrationFinding> findings = [];
        if (CertifiedProductsList.Governs(device.DeviceType) && !list.Lists(device))
        {
            findings.Add(new MigrationFinding(
                "firmware",
                $"{device.DeviceType} {device.Model} {device.FirmwareVersion} is not on the products list; upgrade: "
                + FirmwareUpgradePlan.Of(device, list, register)));
        }

        if (device.Activity is { Disagree: true } views)
        {
            findings.Add(new MigrationFinding(
                "activity", $"the SMSO calls the installation {views.Smso}, its supplier {views.Supplier}: they have to agree first"));
        }

        if (device.Ownership is { ProxiesDiffer: true } owners)
        {
            findings.Add(new MigrationFinding(
                "proxies",
                $"the network operator certificate is of {owners.NetworkOperatorCertificate} at the DSP and of "
                + $"{owners.ServiceProviderCopy} at the S1SP: they have to be the same"));
        }

        if (OperatorFault(device.Ownership, now) is { } fault)
        {
            findings.Add(new MigrationFinding("operator-certificate", fault));
        }

        return findings;
    }

    private static string? OperatorFault(DeviceOwnership? ownership, DateTimeOffset now)
    {
        if (ownership?.NetworkOperatorCertificate is not { } holder)
        {
            return null;
        }

        Eui64[] registered =
        [
            .. ownership.Registrations.Where(row => OperatorRoles.Contains(row.Role))
                .Where(row => ownership.IsRegistered(row.Role, row.User, now, now)).Select(row => row.User).Distinct(),
        ];
        return registered.Length == 0 || registered.Contains(holder)
            ? null
            : $"the network operator certificate is of {holder}, and the registered operator is {string.Join(" or ", registered)}: "
                + "after migration neither could put it right (DP107)";
    }
}

/// <summary>Why a device may not be migrated.</summary>
/// <param name="Check">The check: <c>firmware</c>, <c>activity</c>, <c>proxies</c> or <c>operator-certificate</c>.</param>
/// <param name="Text">What was found, and what would help.</param>
public sealed record MigrationFinding(string Check, string Text);
