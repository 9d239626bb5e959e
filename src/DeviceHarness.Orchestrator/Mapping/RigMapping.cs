using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Rigs as clients see them.</summary>
internal static class RigMapping
{
    /// <summary>A rig with its devices as the inventory holds them now.</summary>
    public static V1.Rig ToContract(RigDesk desk, RigRecord record, IReadOnlyList<InventoryDevice> rows, string runningCase)
    {
        V1.Rig message = new()
        {
            Name = desk.Name,
            Online = desk.Presence.IsOnline,
            LastSeen = WireTime.ToTimestamp(desk.Presence.LastSeen ?? record.LastSeen),
            AgentVersion = record.AgentVersion,
            Host = record.Host,
            RunningCase = runningCase,
            Health = desk.Health.State.ToString(),
        };
        if (desk.Bench.Open is { } quarantine)
        {
            message.Quarantine = ToContract(quarantine);
        }

        foreach (DeviceBaseline device in record.Devices)
        {
            V1.Device shown = ContractMapping.ToContract(ContractMapping.WithRow(device, rows));
            shown.Adapter = desk.Adapters.Of(shown.Id);
            shown.Quarantine = desk.Quarantine.Of(shown.Id);
            message.Devices.Add(shown);
        }

        return message;
    }

    /// <summary>Why a rig gets no work.</summary>
    public static V1.BenchQuarantine ToContract(BenchQuarantine quarantine) => new()
    {
        Since = WireTime.ToTimestamp(quarantine.Since),
        By = quarantine.By,
        Reason = quarantine.Reason,
        Checked = quarantine.IsChecked,
    };
}
