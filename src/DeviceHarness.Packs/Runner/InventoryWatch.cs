using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Packs.Runner;

/// <summary>Sees every change of the inventory rows of a case's devices, and puts back what the case itself changed.</summary>
/// <remarks>The service changes rows too (the answer to 11.2 updates the firmware version): such a change is told and stays.</remarks>
internal sealed class InventoryWatch
{
    private readonly SmartMeteringInventory _inventory;
    private readonly Dictionary<Eui64, InventoryDevice> _known = [];
    private readonly Dictionary<Eui64, DeviceStatus> _statusBefore = [];

    public InventoryWatch(SmartMeteringInventory inventory, IEnumerable<BenchDevice> devices)
    {
        _inventory = inventory;
        foreach (BenchDevice device in devices)
        {
            if (inventory.Find(device.Eui64) is { } row)
            {
                _known[device.Eui64] = row;
            }
        }
    }

    /// <summary>Sets a device's status, adding the device when the inventory does not hold it.</summary>
    public void SetStatus(BenchDevice device, DeviceStatus status)
    {
        InventoryDevice row = _inventory.Find(device.Eui64)
            ?? new InventoryDevice(device.Eui64, device.DeviceType, status, FirmwareVersion: string.Empty, Smets1: true);
        _statusBefore.TryAdd(device.Eui64, row.Status);
        _inventory.Put(row with { Status = status });
    }

    /// <summary>Puts back every status that <see cref="SetStatus"/> changed.</summary>
    public void Restore()
    {
        foreach ((Eui64 deviceId, DeviceStatus status) in _statusBefore)
        {
            if (_inventory.Find(deviceId) is { } row)
            {
                _inventory.Put(row with { Status = status });
            }
        }
    }

    /// <summary>What changed since the last call.</summary>
    public List<InventoryChanged>? TakeChanges(TimeProvider time)
    {
        List<InventoryChanged>? changes = null;
        foreach (Eui64 deviceId in _known.Keys.ToArray())
        {
            InventoryDevice known = _known[deviceId];
            if (_inventory.Find(deviceId) is not { } row || ReferenceEquals(row, known))
            {
                continue;
            }

            DateTimeOffset now = time.GetUtcNow();
            if (row.Status != known.Status)
            {
                (changes ??= []).Add(new InventoryChanged(deviceId.ToString(), "status", row.Status.ToString()) { Time = now });
            }

            if (row.FirmwareVersion != known.FirmwareVersion)
            {
                (changes ??= []).Add(new InventoryChanged(deviceId.ToString(), "firmware", row.FirmwareVersion) { Time = now });
            }

            _known[deviceId] = row;
        }

        return changes;
    }
}
