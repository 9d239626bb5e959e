using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Firmware;

/// <summary>What takes one device to a firmware version that it may be migrated with, and what stands in the way.</summary>
/// <param name="Device">The device, as the inventory has it.</param>
/// <param name="Steps">The upgrades, in order; empty when there are none to do, or no way is known.</param>
/// <param name="Blocks">Why the job may not start; empty when it may.</param>
public sealed record FirmwareUpgradePlan(
    InventoryDevice Device, IReadOnlyList<PlannedUpgrade> Steps, IReadOnlyList<string> Blocks)
{
    /// <summary>Whether the device runs a version already that it may be migrated with.</summary>
    public bool IsThere => Steps.Count == 0 && Blocks.Count == 0;

    /// <summary>Plans the upgrade of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="list">The products list: only what is on it may be migrated.</param>
    /// <param name="register">Images and allowed upgrades.</param>
    /// <param name="target">The version to end at; null for the nearest one that is on the list.</param>
    public static FirmwareUpgradePlan Of(
        InventoryDevice device, CertifiedProductsList list, FirmwareRegister register, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(register);
        if (device.FirmwareVersion.Length == 0)
        {
            return new FirmwareUpgradePlan(device, [], ["the version that it runs is not known: read it with 11.2"]);
        }

        if (!CertifiedProductsList.Governs(device.DeviceType))
        {
            return new FirmwareUpgradePlan(device, [], []);
        }

        bool IsListed(string version) => list.Lists(device with { FirmwareVersion = version });
        if (target is not null && !IsListed(target))
        {
            return new FirmwareUpgradePlan(device, [], [$"the products list holds no {device.DeviceType} {device.Model} {target}"]);
        }

        IReadOnlyList<string>? way = register.WayFrom(device, target is null ? IsListed : version => version == target);
        if (way is null)
        {
            string wanted = target ?? "a version of the products list";
            return new FirmwareUpgradePlan(
                device, [], [$"no way is recorded from {device.DeviceType} {device.Model} {device.FirmwareVersion} to {wanted}"]);
        }

        PlannedUpgrade[] steps = [.. way.Select(version => new PlannedUpgrade(version, register.ImageOf(device, version)))];
        return new FirmwareUpgradePlan(
            device, steps,
            [.. steps.Where(step => step.Image is null).Select(step =>
                $"no image of {device.DeviceType} {device.Model} {step.Version} is recorded: the installing supplier has to give it")]);
    }

    /// <summary>The plan on one line.</summary>
    public override string ToString() => IsThere
        ? "none needed"
        : string.Join("; ", Steps.Count == 0 ? Blocks : [$"by {string.Join(", ", Steps.Select(step => step.Version))}", .. Blocks]);
}

/// <summary>One upgrade of a plan.</summary>
/// <param name="Version">The version that the device runs then.</param>
/// <param name="Image">The image; null when none is recorded.</param>
public sealed record PlannedUpgrade(string Version, FirmwareImageRecord? Image);
