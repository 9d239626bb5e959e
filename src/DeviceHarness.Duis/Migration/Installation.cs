using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Migration;

/// <summary>Whether the meters of an installation are operated by their suppliers.</summary>
public enum InstallationType
{
    /// <summary>All are.</summary>
    Active,

    /// <summary>None is.</summary>
    Dormant,

    /// <summary>Some are.</summary>
    Mixed,
}

/// <summary>The devices of one house that are migrated together.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Devices">Their identifiers, one or more.</param>
public sealed record Installation(string Name, IReadOnlyList<Eui64> Devices)
{
    /// <summary>What kind of installation it is, by what the suppliers say of its meters; a meter of which nothing is said is
    /// active.</summary>
    public static InstallationType TypeOf(IEnumerable<InventoryDevice> devices)
    {
        bool[] dormant = [.. devices.Select(IsDormant).Distinct()];
        return dormant.Length == 2 ? InstallationType.Mixed
            : dormant.Contains(true) ? InstallationType.Dormant
            : InstallationType.Active;
    }

    /// <summary>Whether a device has no supplier who operates it.</summary>
    public static bool IsDormant(InventoryDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Activity is { Supplier: InstallationActivity.Dormant };
    }
}
