using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Service;

/// <summary>What the Smart Metering Inventory learns from the answers of devices.</summary>
internal sealed class InventoryUpdates(ServiceOptions options, SmartMeteringInventory inventory)
{
    /// <summary>Learns from a request that was carried out.</summary>
    /// <param name="device">The device.</param>
    /// <param name="body">What it told; null teaches nothing.</param>
    public void Learn(Eui64 device, SrvResponseBody? body)
    {
        if (body is ReadFirmwareVersionRsp { FirmwareVersion: { } version } && options.DeviceStatus.FirmwareReadUpdatesInventory)
        {
            Runs(device, version);
        }

        if (body is CommissionDeviceSynchroniseClockRsp { IsReliable: true })
        {
            inventory.Update(device, row => row.Status == DeviceStatus.InstalledNotCommissioned
                ? row with { Status = DeviceStatus.Commissioned }
                : row);
        }

        // A successful activation updated the inventory before MP105 too.
        if (body is ActivateFirmwareRsp { FirmwareVersion: { } activated })
        {
            Runs(device, activated);
        }

        if (body is PpmidAlert { MessageSuccess: true, FirmwareVersion: { } taken })
        {
            Runs(device, taken);
        }
    }

    /// <summary>Learns from what a device was asked and did: one whose hub lets it join is Whitelisted.</summary>
    /// <remarks>No public source says when the inventory changes: at the hub's answer is an assumption.</remarks>
    public void Learn(SrvRequestBody done)
    {
        if (done is UpdateHANDeviceLog { RequestType: HanLogChange.Add } added)
        {
            inventory.Update(
                added.Device, row => row.Status == DeviceStatus.Pending ? row with { Status = DeviceStatus.Whitelisted } : row);
        }
    }

    /// <summary>Learns from a request that was refused.</summary>
    /// <remarks>MP105: a repeated 11.3 tells which firmware runs, even when nothing is left to activate.</remarks>
    public void LearnFromRefusal(Eui64 device, SrvResponseBody body)
    {
        if (body is ActivateFirmwareRsp { FirmwareVersion: { } version } && options.DeviceStatus.FirmwareReadUpdatesInventory)
        {
            Runs(device, version);
        }
    }

    private void Runs(Eui64 device, string version) => inventory.Update(device, row =>
    {
        InventoryDevice updated = row with { FirmwareVersion = version };
        return row.Status == DeviceStatus.Suspended ? options.ProductsList.Judge(updated) : updated;
    });
}
