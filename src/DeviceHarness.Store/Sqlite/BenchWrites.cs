using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps rigs and the inventory.</summary>
internal static class BenchWrites
{
    /// <summary>Adds inventory rows that are not held.</summary>
    public static int Seed(StatementCache statements, string rig, IReadOnlyList<InventoryDevice> devices)
    {
        int added = 0;
        foreach (InventoryDevice device in devices)
        {
            added += statements.Execute(
                """
                INSERT INTO inventory (rig, eui64, device_type, status, firmware, smets1) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO NOTHING
                """,
                rig, device.DeviceId.ToString(), device.DeviceType, device.Status.ToString(), device.FirmwareVersion,
                device.Smets1 ? 1L : 0L);
        }

        return added;
    }

    /// <summary>Adds or replaces an inventory row.</summary>
    public static int Put(StatementCache statements, string rig, InventoryDevice device) => statements.Execute(
        """
        INSERT INTO inventory (rig, eui64, device_type, status, firmware, smets1) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (rig, eui64) DO UPDATE SET
          device_type = excluded.device_type, status = excluded.status, firmware = excluded.firmware, smets1 = excluded.smets1
        """,
        rig, device.DeviceId.ToString(), device.DeviceType, device.Status.ToString(), device.FirmwareVersion, device.Smets1 ? 1L : 0L);

    /// <summary>Keeps what a rig said of itself.</summary>
    public static int PutRig(StatementCache statements, RigRecord rig) => statements.Execute(
        """
        INSERT INTO rig (name, last_seen, boot_id, agent_version, host, devices) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name) DO UPDATE SET last_seen = excluded.last_seen, boot_id = excluded.boot_id, agent_version = excluded.agent_version,
          host = excluded.host, devices = excluded.devices
        """,
        rig.Name, rig.LastSeen.UtcTicks, rig.BootId, rig.AgentVersion, rig.Host, StoredJson.WriteDevices(rig.Devices));
}
