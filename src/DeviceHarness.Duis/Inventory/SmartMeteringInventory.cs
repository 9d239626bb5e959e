using System.Collections.Concurrent;

namespace DeviceHarness.Duis.Inventory;

/// <summary>A device's status in the Smart Metering Inventory.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, DeviceStatus.</remarks>
public enum DeviceStatus
{
    /// <summary>Notified, not yet on a hub's device log.</summary>
    Pending,

    /// <summary>On the hub's device log.</summary>
    Whitelisted,

    /// <summary>Installed, not commissioned.</summary>
    InstalledNotCommissioned,

    /// <summary>Commissioned.</summary>
    Commissioned,

    /// <summary>Decommissioned.</summary>
    Decommissioned,

    /// <summary>Withdrawn.</summary>
    Withdrawn,

    /// <summary>Its model or firmware left the Certified Products List.</summary>
    Suspended,

    /// <summary>SMKI recovery is under way.</summary>
    Recovery,

    /// <summary>SMKI recovery ended.</summary>
    Recovered,
}

/// <summary>One device in the Smart Metering Inventory.</summary>
/// <param name="DeviceId">The device's identifier.</param>
/// <param name="DeviceType">Its DUIS device type, such as <c>ESME</c>.</param>
/// <param name="Status">Its status.</param>
/// <param name="FirmwareVersion">The firmware version that the inventory holds; empty when unknown.</param>
/// <param name="Smets1">Whether it is a SMETS1 device.</param>
public sealed record InventoryDevice(Eui64 DeviceId, string DeviceType, DeviceStatus Status, string FirmwareVersion, bool Smets1)
{
    /// <summary>The status that a suspended device returns to when its suspension ends.</summary>
    public DeviceStatus StatusBeforeSuspension { get; init; } = DeviceStatus.Commissioned;

    /// <summary>The device model, by which the Central Products List knows the device; empty when unknown.</summary>
    public string Model { get; init; } = string.Empty;

    /// <summary>Who is responsible for the device; null when the inventory does not hold that, and then nobody is refused for
    /// it.</summary>
    public DeviceOwnership? Ownership { get; init; }

    /// <summary>The release that its installation belongs to; unknown when nobody said.</summary>
    public Smets1Cohort Cohort { get; init; }

    /// <summary>What the SMSO and the supplier say of its use; null when neither said anything.</summary>
    public ActivityViews? Activity { get; init; }
}

/// <summary>A release of SMETS1 enrolment: which makers' installations it takes in.</summary>
/// <remarks>From the DCC's delivery plan for SMETS1 of February 2019.</remarks>
public enum Smets1Cohort
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>Initial Operating Capability: Aclara, Honeywell Elster, Itron.</summary>
    Ioc,

    /// <summary>Middle Operating Capability: Honeywell Elster (MDS), Secure.</summary>
    Moc,

    /// <summary>Final Operating Capability: Landis+Gyr, EDMI.</summary>
    Foc,
}

/// <summary>The Smart Metering Inventory: what the service knows of each device. Safe for use from any thread.</summary>
public sealed class SmartMeteringInventory
{
    private readonly ConcurrentDictionary<Eui64, InventoryDevice> _devices = new();

    /// <summary>Creates an inventory that holds the given devices.</summary>
    public SmartMeteringInventory(IEnumerable<InventoryDevice> devices)
    {
        foreach (InventoryDevice device in devices)
        {
            _devices[device.DeviceId] = device;
        }
    }

    /// <summary>All devices, in the order of their identifiers.</summary>
    public IReadOnlyList<InventoryDevice> Devices => [.. _devices.Values.OrderBy(device => device.DeviceId.Value)];

    /// <summary>Finds a device.</summary>
    /// <returns>The device, or null when the inventory does not hold it.</returns>
    public InventoryDevice? Find(Eui64 deviceId) => _devices.GetValueOrDefault(deviceId);

    /// <summary>Replaces what is known of a device, or adds it.</summary>
    public void Put(InventoryDevice device) => _devices[device.DeviceId] = device;

    /// <summary>Changes what is known of a device in one step; does nothing when the inventory does not hold it.</summary>
    /// <param name="deviceId">The device.</param>
    /// <param name="change">Makes the new entry of the present one; may be called again when another thread changed the device
    /// meanwhile.</param>
    public void Update(Eui64 deviceId, Func<InventoryDevice, InventoryDevice> change)
    {
        while (_devices.TryGetValue(deviceId, out InventoryDevice? present) && !_devices.TryUpdate(deviceId, change(present), present))
        {
        }
    }
}
