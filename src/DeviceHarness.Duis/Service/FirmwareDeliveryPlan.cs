using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>Which devices of an 11.1 or an 11.4 get its image, and which are left out.</summary>
/// <param name="Devices">The devices that get it.</param>
/// <param name="Warning">The others, by reason.</param>
/// <remarks>The lists are the schema's; what puts a device on which list is in no text that was reached: unknown to the inventory, a status
/// that takes no request, a type or a release that takes no image by this request, or another such request under way.</remarks>
internal sealed record FirmwareDeliveryPlan(IReadOnlyList<InventoryDevice> Devices, UpdateFirmwareWarning Warning)
{
    /// <summary>Why this service cannot deliver; null when it can.</summary>
    public string? NotServed => Devices.Count > 1
        ? $"{Devices.Count} devices are to get the image: this harness delivers to one device for each request"
        : Devices is [{ Smets1: false } later]
            ? $"device {later.DeviceId} is not a SMETS1 device of the inventory: its firmware is delivered by others"
            : null;

    /// <summary>Sorts the devices of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="inventory">What the service knows of them.</param>
    /// <param name="status">The rules for a device's status.</param>
    /// <param name="updates">The rules for who takes an image.</param>
    /// <param name="isBusy">Whether an image is on its way to a device.</param>
    public static FirmwareDeliveryPlan Of(
        FirmwareUpdate request, SmartMeteringInventory inventory, DeviceStatusRules status, FirmwareUpdateRules updates,
        Func<Eui64, bool> isBusy)
    {
        List<InventoryDevice> devices = [];
        List<Eui64> unknown = [];
        List<Eui64> closed = [];
        List<Eui64> otherTypes = [];
        List<Eui64> busy = [];
        foreach (Eui64 id in request.Devices.Distinct())
        {
            InventoryDevice? device = inventory.Find(id);
            List<Eui64>? list = device is null ? unknown
                : !updates.TakesImage(device, request.ServiceReferenceVariant) ? otherTypes
                : status.Closed.Contains(device.Status) ? closed
                : isBusy(id) ? busy
                : null;
            if (list is not null)
            {
                list.Add(id);
            }
            else
            {
                devices.Add(device!);
            }
        }

        UpdateFirmwareWarning warning = new()
        {
            InvalidDevices = unknown,
            NotCommissionedDevices = closed,
            NotApplicableFirmwareDevices = otherTypes,
            OtherRequestInProgressDevices = busy,
        };
        return new FirmwareDeliveryPlan(devices, warning);
    }
}
