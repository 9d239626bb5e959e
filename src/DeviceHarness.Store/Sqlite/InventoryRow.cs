using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Store.Sqlite;

/// <summary>A row of <c>inventory</c>.</summary>
internal sealed record InventoryRow(string Eui64, string DeviceType, string Status, string Firmware, long Smets1)
{
    /// <summary>The columns, in the order of the parameters.</summary>
    public const string Columns = "eui64 AS Eui64, device_type AS DeviceType, status AS Status, firmware AS Firmware, smets1 AS Smets1";

    /// <summary>The inventory row.</summary>
    public InventoryDevice ToDevice() => new(Duis.Eui64.Parse(Eui64), DeviceType, Enum.Parse<DeviceStatus>(Status), Firmware, Smets1 != 0);
}
