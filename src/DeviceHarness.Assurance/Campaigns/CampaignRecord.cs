using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis;

namespace DeviceHarness.Assurance.Campaigns;

/// <summary>What is known towards campaigns, of one moment.</summary>
/// <param name="Stated">What people stated, oldest first: the last statement of a name holds.</param>
/// <param name="Cycles">All cycles, oldest first; may be empty where no campaign is stated.</param>
/// <param name="Inventory">What the devices of all rigs run now, as the inventory has it.</param>
public sealed record CampaignRecord(
    IReadOnlyList<Campaign> Stated, IReadOnlyList<CampaignCycle> Cycles, IReadOnlyList<HeldFirmware> Inventory)
{
    /// <summary>Nothing is stated, and nothing is claimed.</summary>
    public static CampaignRecord Empty { get; } = new([], [], []);

    /// <summary>The campaigns as they were stated by a moment, by name.</summary>
    /// <param name="moment">The moment, in UTC; null for now.</param>
    public IReadOnlyList<Campaign> At(DateTimeOffset? moment) =>
    [
        .. Stated.Where(campaign => moment is null || campaign.Time <= moment)
            .GroupBy(campaign => campaign.Name, StringComparer.Ordinal)
            .Select(statements => statements.Last())
            .OrderBy(campaign => campaign.Name, StringComparer.Ordinal),
    ];
}

/// <summary>What a cycle says of the firmware of its devices.</summary>
/// <param name="Id">The cycle.</param>
/// <param name="Rigs">Its rig and its spare rigs.</param>
/// <param name="Dmc">The combination that it is marked with; empty when none is stated.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Created">When it was frozen, in UTC.</param>
/// <param name="Ended">When it ended, in UTC; null while it has not.</param>
/// <param name="Devices">The devices of all its rigs, with the firmware that they were frozen with.</param>
/// <param name="Changes">Devices that left that firmware.</param>
public sealed record CampaignCycle(
    string Id, IReadOnlyList<string> Rigs, string Dmc, CycleState State, DateTimeOffset Created, DateTimeOffset? Ended,
    IReadOnlyList<DeviceBaseline> Devices, IReadOnlyList<FirmwareChange> Changes)
{
    /// <summary>Whether it may still change what its devices run.</summary>
    public bool IsOpen => State is CycleState.Frozen or CycleState.Running;
}

/// <summary>What a device runs, as the inventory has it.</summary>
/// <param name="Rig">The rig.</param>
/// <param name="DeviceId">The device.</param>
/// <param name="Version">The firmware version; empty when it is not known.</param>
public sealed record HeldFirmware(string Rig, Eui64 DeviceId, string Version);
