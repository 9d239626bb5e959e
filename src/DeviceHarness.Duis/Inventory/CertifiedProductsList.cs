using System.Collections.Immutable;

namespace DeviceHarness.Duis.Inventory;

/// <summary>An entry of the Central Products List: a device model with a firmware version that may be used.</summary>
/// <param name="DeviceType">The DUIS device type, such as <c>ESME</c>.</param>
/// <param name="Model">The device model; empty for every model of the type.</param>
/// <param name="FirmwareVersion">The firmware version.</param>
public sealed record CertifiedProduct(string DeviceType, string Model, string FirmwareVersion)
{
    /// <summary>Whether the entry is for a device as the inventory knows it.</summary>
    public bool Covers(InventoryDevice device) =>
        DeviceType == device.DeviceType && (Model.Length == 0 || Model == device.Model) && FirmwareVersion == device.FirmwareVersion;
}

/// <summary>That an entry was put on the Central Products List, or taken off it.</summary>
/// <param name="At">When.</param>
/// <param name="Entry">The entry.</param>
/// <param name="IsAdded">Whether it was put on; otherwise it was taken off.</param>
public sealed record ProductsListEvent(DateTimeOffset At, CertifiedProduct Entry, bool IsAdded);

/// <summary>The Central Products List: which device models with which firmware may be used. Taking an entry off suspends the devices that
/// it was for, putting it back ends that. Safe for use from any thread.</summary>
/// <remarks>That a device returns to its former status when its entry comes back is an assumption: the public texts tell only of a
/// device that reports an approved version.</remarks>
public sealed class CertifiedProductsList
{
    private static readonly string[] TypesOffTheList = ["IHD", "CAD"];

    private ImmutableHashSet<CertifiedProduct> _entries;
    private ImmutableList<ProductsListEvent> _events = [];

    /// <summary>How many events are kept; the oldest go first.</summary>
    public const int MaximumEvents = 4_096;

    /// <summary>Creates a list.</summary>
    public CertifiedProductsList(IEnumerable<CertifiedProduct> entries)
    {
        _entries = [.. entries];
    }

    /// <summary>The entries, in order.</summary>
    public IReadOnlyList<CertifiedProduct> Entries =>
        [.. _entries.OrderBy(entry => (entry.DeviceType, entry.Model, entry.FirmwareVersion))];

    /// <summary>What was put on and taken off since the list was made, the oldest first.</summary>
    public IReadOnlyList<ProductsListEvent> Events => _events;

    /// <summary>The list as it stood at a time.</summary>
    /// <param name="events">Everything that was put on and taken off, in any order.</param>
    /// <param name="at">The time; an event of that very instant counts.</param>
    public static CertifiedProductsList AsOf(IEnumerable<ProductsListEvent> events, DateTimeOffset at)
    {
        CertifiedProductsList list = new([]);
        foreach (ProductsListEvent change in events.Where(change => change.At <= at).OrderBy(change => change.At))
        {
            list.Change(change);
        }

        return list;
    }

    /// <summary>Whether devices of a type are on the list at all: IHD and CAD are not, and are never suspended.</summary>
    public static bool Governs(string deviceType) => !TypesOffTheList.Contains(deviceType);

    /// <summary>Whether an entry is for a device with the firmware that the inventory holds of it.</summary>
    public bool Lists(InventoryDevice device) => _entries.Any(entry => entry.Covers(device));

    /// <summary>What the list makes of a device's status: Suspended when it is in use and not listed, its former status when it is
    /// Suspended and listed. A device of an unknown firmware stays as it is.</summary>
    public InventoryDevice Judge(InventoryDevice device)
    {
        if (!Governs(device.DeviceType) || device.FirmwareVersion.Length == 0)
        {
            return device;
        }

        return (device.Status, Lists(device)) switch
        {
            (DeviceStatus.Commissioned or DeviceStatus.InstalledNotCommissioned, false) =>
                device with { Status = DeviceStatus.Suspended, StatusBeforeSuspension = device.Status },
            (DeviceStatus.Suspended, true) => device with { Status = device.StatusBeforeSuspension },
            _ => device,
        };
    }

    /// <summary>Puts an entry on the list; devices that it is for are suspended no longer.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="inventory">The inventory.</param>
    /// <param name="at">When.</param>
    /// <returns>The devices whose status changed, as they are now.</returns>
    public IReadOnlyList<InventoryDevice> Add(CertifiedProduct entry, SmartMeteringInventory inventory, DateTimeOffset at)
    {
        Change(new ProductsListEvent(at, entry, IsAdded: true));
        return Apply(entry, inventory);
    }

    /// <summary>Takes an entry off the list; devices that it was for, and no other entry is, are suspended.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="inventory">The inventory.</param>
    /// <param name="at">When.</param>
    /// <returns>The devices whose status changed, as they are now.</returns>
    public IReadOnlyList<InventoryDevice> Remove(CertifiedProduct entry, SmartMeteringInventory inventory, DateTimeOffset at)
    {
        Change(new ProductsListEvent(at, entry, IsAdded: false));
        return Apply(entry, inventory);
    }

    private void Change(ProductsListEvent change)
    {
        ImmutableInterlocked.Update(
            ref _entries, entries => change.IsAdded ? entries.Add(change.Entry) : entries.Remove(change.Entry));
        ImmutableInterlocked.Update(
            ref _events, events => (events.Count < MaximumEvents ? events : events.RemoveAt(0)).Add(change));
    }

    private List<InventoryDevice> Apply(CertifiedProduct entry, SmartMeteringInventory inventory)
    {
        List<InventoryDevice> changed = [];
        foreach (InventoryDevice device in inventory.Devices.Where(entry.Covers))
        {
            inventory.Update(device.DeviceId, Judge);
            if (inventory.Find(device.DeviceId) is { } now && now.Status != device.Status)
            {
                changed.Add(now);
            }
        }

        return changed;
    }
}
