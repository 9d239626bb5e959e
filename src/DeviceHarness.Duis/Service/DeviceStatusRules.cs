using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Duis.Service;

/// <summary>Which requests a device's status lets through (E5): data with a name that reports print.</summary>
public sealed record DeviceStatusRules
{
    /// <summary>The name of the rules.</summary>
    public required string Name { get; init; }

    /// <summary>The statuses that let no device request through.</summary>
    /// <remarks>General knowledge, no source reached; Whitelisted, InstalledNotCommissioned, Recovery and Recovered let everything
    /// through.</remarks>
    public IReadOnlyList<DeviceStatus> Closed { get; init; } = [DeviceStatus.Pending, DeviceStatus.Decommissioned, DeviceStatus.Withdrawn];

    /// <summary>The non-critical requests that a suspended device takes; critical and non-device ones pass anyway.</summary>
    public required IReadOnlyList<SuspendedAllowance> SuspendedAllowances { get; init; }

    /// <summary>Whether the answer to 11.2 updates the inventory's firmware version and, when approved, ends a suspension.</summary>
    public bool FirmwareReadUpdatesInventory { get; init; }

    /// <summary>Whether a suspended device takes everything: a service that forgets to check.</summary>
    public bool IgnoresSuspension { get; init; }

    /// <summary>The rules by the names that rig files use.</summary>
    public static IReadOnlyDictionary<string, DeviceStatusRules> ByName =>
        new[] { BeforeMp105, Mp105 }.ToDictionary(rules => rules.Name, StringComparer.Ordinal);

    /// <summary>Before SEC modification MP105: only 11.1, 6.23 and 2.2 with variant 2 (SMETS1) beside the critical ones.</summary>
    public static DeviceStatusRules BeforeMp105 { get; } = new()
    {
        Name = "before-mp105",
        SuspendedAllowances = [new("11.1"), new("6.23"), new("2.2", CommandVariant: 2, Smets1Only: true)],
    };

    /// <summary>Since SEC modification MP105 (live 4 November 2021): 11.2 too, to meters alone, and its answer updates the
    /// inventory.</summary>
    public static DeviceStatusRules Mp105 { get; } = new()
    {
        Name = "mp105",
        SuspendedAllowances = [.. BeforeMp105.SuspendedAllowances, new("11.2") { DeviceTypes = ["ESME", "GSME"] }],
        FirmwareReadUpdatesInventory = true,
    };

    /// <summary>No rules of a real service: a planted defect, which refuses a suspended device nothing.</summary>
    public static DeviceStatusRules SuspensionIgnored { get; } = Mp105 with { Name = "suspension-ignored", IgnoresSuspension = true };

    /// <summary>No rules of a real service: a planted defect, which refuses a suspended device what is exempt, 6.23 and 2.2 with
    /// variant 2 among it.</summary>
    public static DeviceStatusRules ExemptionsForgotten { get; } =
        Mp105 with { Name = "exemptions-forgotten", SuspendedAllowances = [new("11.2")] };

    /// <summary>Whether a device in this status takes the request.</summary>
    public bool Accepts(InventoryDevice device, DuisRequest request, SrvEntry entry)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Criticality == SrvCriticality.NonDevice)
        {
            return true;
        }

        if (device.Status != DeviceStatus.Suspended)
        {
            return !Closed.Contains(device.Status);
        }

        return IgnoresSuspension || entry.Criticality == SrvCriticality.Critical
            || SuspendedAllowances.Any(allowance => allowance.Matches(entry.Srv, request.CommandVariant, device));
    }
}

/// <summary>A non-critical request that a suspended device takes.</summary>
/// <param name="Srv">The service reference variant.</param>
/// <param name="CommandVariant">The only command variant; null for any.</param>
/// <param name="Smets1Only">Whether only a SMETS1 device takes it.</param>
public sealed record SuspendedAllowance(string Srv, int? CommandVariant = null, bool Smets1Only = false)
{
    /// <summary>The only device types that take it; empty for any.</summary>
    public IReadOnlyList<string> DeviceTypes { get; init; } = [];

    /// <summary>Whether this is the request.</summary>
    public bool Matches(string srv, int commandVariant, InventoryDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Srv == srv && (CommandVariant is null || CommandVariant == commandVariant) && (device.Smets1 || !Smets1Only)
            && (DeviceTypes.Count == 0 || DeviceTypes.Contains(device.DeviceType));
    }
}
