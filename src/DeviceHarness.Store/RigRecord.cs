using DeviceHarness.Assurance.Cycles;

namespace DeviceHarness.Store;

/// <summary>What a rig last said of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="LastSeen">When it was last heard, in UTC.</param>
/// <param name="BootId">New with every start of its agent.</param>
/// <param name="AgentVersion">The agent's version.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Devices">Its devices, as the rig file has them.</param>
public sealed record RigRecord(
    string Name, DateTimeOffset LastSeen, string BootId, string AgentVersion, string Host, IReadOnlyList<DeviceBaseline> Devices);
