using Dapper;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Reads rigs, inventory and evidence.</summary>
internal static class BenchReads
{
    /// <summary>The inventory of a rig, in the order of the identifiers.</summary>
    public static IReadOnlyList<InventoryDevice> Inventory(SqliteConnection connection, string rig) =>
    [
        .. connection.Query<InventoryRow>($"SELECT {InventoryRow.Columns} FROM inventory WHERE rig = @rig ORDER BY eui64", new { rig })
            .Select(row => row.ToDevice()),
    ];

    /// <summary>One inventory row, or null.</summary>
    public static InventoryDevice? FindInventory(SqliteConnection connection, string rig, Eui64 deviceId) =>
        connection.QuerySingleOrDefault<InventoryRow>(
            $"SELECT {InventoryRow.Columns} FROM inventory WHERE rig = @rig AND eui64 = @device", new { rig, device = deviceId.ToString() })
            ?.ToDevice();

    /// <summary>Every rig, by name.</summary>
    public static IReadOnlyList<RigRecord> Rigs(SqliteConnection connection) =>
    [
        .. connection.Query<RigRow>(
            """
            SELECT name AS Name, last_seen AS LastSeen, boot_id AS BootId, agent_version AS AgentVersion, host AS Host, devices AS Devices
            FROM rig ORDER BY name
            """)
            .Select(row => new RigRecord(
                row.Name, Moment.Of(row.LastSeen), row.BootId, row.AgentVersion, row.Host, StoredJson.ReadDevices(row.Devices))),
    ];

    /// <summary>A piece of evidence, or null.</summary>
    public static EvidenceBlob? Evidence(SqliteConnection connection, string sha256)
    {
        BlobRow? row = connection.QuerySingleOrDefault<BlobRow>(
            "SELECT sha256 AS Sha256, media_type AS MediaType, content AS Content FROM evidence_blob WHERE sha256 = @sha256",
            new { sha256 });
        return row is null ? null : new EvidenceBlob(row.Sha256, row.MediaType, row.Content);
    }

    private sealed record RigRow(string Name, long LastSeen, string BootId, string AgentVersion, string Host, string Devices);

    private sealed record BlobRow(string Sha256, string MediaType, byte[] Content);
}
