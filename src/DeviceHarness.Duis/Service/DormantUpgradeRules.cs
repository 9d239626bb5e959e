using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>What the DCC itself may send: the upgrade of a meter that is dormant, before its migration, to a version of the list.</summary>
/// <remarks>Spec: DCC conclusion on the SMETS1 delivery plan, February 2019: the DCC leads the firmware upgrade of dormant meters, to a
/// version that is part of an Eligible Product Combination, with images of the installing supplier. How it has an SMSO do that is not
/// public. Assumed here: requests 11.1, 11.2 and 11.3 with the DCC as originator, E4 as the refusal, and the Central Products List for the
/// combinations.</remarks>
internal static class DormantUpgradeRules
{
    private static readonly string[] Variants = ["11.1", "11.2", "11.3"];

    /// <summary>Whether a request is one that the DCC itself may send, whatever its User Roles allow.</summary>
    public static bool MaySend(CheckContext context) => IsByDcc(context) && Variants.Contains(context.Entry.Srv);

    /// <summary>Says why the DCC may not upgrade a device; null when it may, or when the request is a User's.</summary>
    public static string? Eligibility(CheckContext context)
    {
        if (!IsByDcc(context) || context.AsksNoDormancy)
        {
            return null;
        }

        string? version = context.Request.Body is UpdateFirmware update ? update.FirmwareVersion : null;
        return context.Subjects.Select(device => WhyNot(device, version, context.ProductsList))
            .FirstOrDefault(reason => reason is not null);
    }

    private static bool IsByDcc(CheckContext context) => context.UserRoles.Contains(ServiceUsers.Dcc);

    private static string? WhyNot(InventoryDevice device, string? version, CertifiedProductsList? list)
    {
        ActivityViews views = device.Activity ?? new ActivityViews(InstallationActivity.Unknown, InstallationActivity.Unknown);
        if (views is not { Smso: InstallationActivity.Dormant, Supplier: InstallationActivity.Dormant })
        {
            return $"the DCC upgrades dormant meters alone: of {device.DeviceId} the SMSO says {views.Smso}, its supplier {views.Supplier}";
        }

        return version is null || list is null || list.Lists(device with { FirmwareVersion = version })
            ? null
            : $"the DCC upgrades to what is eligible: {device.DeviceType} {device.Model} {version} is not on the products list";
    }
}
