using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Firmware;

/// <summary>The devices of an inventory that are of one type and model and run one version: meters of one cohort run different ones, and
/// each has its own way to a listed version.</summary>
/// <param name="DeviceType">The DUIS device type.</param>
/// <param name="Model">The device model; empty when unknown.</param>
/// <param name="Version">The firmware version; empty when unknown.</param>
/// <param name="IsListed">Whether the products list allows it; a type that it does not govern is allowed.</param>
/// <param name="Devices">The devices, by their identifiers.</param>
/// <param name="Upgrade">What takes each of them to a listed version.</param>
public sealed record FirmwareGroup(
    string DeviceType, string Model, string Version, bool IsListed, IReadOnlyList<Eui64> Devices, FirmwareUpgradePlan Upgrade)
{
    /// <summary>Groups devices by type, model and version.</summary>
    public static IReadOnlyList<FirmwareGroup> Of(
        IEnumerable<InventoryDevice> devices, CertifiedProductsList list, FirmwareRegister register)
    {
        ArgumentNullException.ThrowIfNull(list);
        return
        [
            .. devices.GroupBy(device => (device.DeviceType, device.Model, device.FirmwareVersion))
                .OrderBy(group => group.Key)
                .Select(group => new FirmwareGroup(
                    group.Key.DeviceType,
                    group.Key.Model,
                    group.Key.FirmwareVersion,
                    !CertifiedProductsList.Governs(group.Key.DeviceType) || list.Lists(group.First()),
                    [.. group.Select(device => device.DeviceId).OrderBy(id => id.Value)],
                    FirmwareUpgradePlan.Of(group.First(), list, register))),
        ];
    }
}
