using DeviceHarness.Abstractions.Errors;
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
    private readonly Dictionary<Eui64, DeviceOwnership> _ownershipBefore = [];

    public InventoryWatch(SmartMeteringInventory inventory, IEnumerable<BenchDevice> devices)
    {
        _inventory = inventory;
        foreach (BenchDevice device in devices)
        {
            if (inventory.Find(device.Eui64) is { } row)
            {
                _known[device.Eui64] = row;
                if (row.Ownership is { } ownership)
                {
                    _ownershipBefore[device.Eui64] = ownership;
                }
            }
        }
    }

    /// <summary>Sets a device's status.</summary>
    /// <exception cref="ConfigurationException">The inventory does not hold the device.</exception>
    public void SetStatus(BenchDevice device, DeviceStatus status)
    {
        if (_inventory.Find(device.Eui64) is not { } present)
        {
            throw new ConfigurationException(
                PackFaults.Value, device.Id.Value, line: 0, column: 0, "inventory", "a device that the inventory does not hold",
                    "a device that it holds");
        }

        _statusBefore.TryAdd(device.Eui64, present.Status);
        _inventory.Update(device.Eui64, row => status == DeviceStatus.Suspended && row.Status != DeviceStatus.Suspended
            ? row with { Status = status, StatusBeforeSuspension = row.Status }
            : row with { Status = status });
    }

    /// <summary>Puts back every status that <see cref="SetStatus"/> changed, and whose certificates the service held: after a wrong one
    /// no request could.</summary>
    public void Restore()
    {
        foreach ((Eui64 deviceId, DeviceOwnership ownership) in _ownershipBefore)
        {
            _inventory.Update(deviceId, row => ReferenceEquals(row.Ownership, ownership) ? row : row with { Ownership = ownership });
        }

        foreach ((Eui64 deviceId, DeviceStatus status) in _statusBefore)
        {
            _inventory.Update(deviceId, row => row.Status == status ? row : row with { Status = status });
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
