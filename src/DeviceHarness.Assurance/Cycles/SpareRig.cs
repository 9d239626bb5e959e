namespace DeviceHarness.Assurance.Cycles;

/// <summary>A rig that takes over a cycle's cases when its rig is lost.</summary>
/// <param name="Rig">The rig's name.</param>
/// <param name="Devices">Its devices with their firmware baseline, frozen with the cycle and apart from the cycle's own device set.</param>
/// <param name="Cases">The cases, by id, for each role of which it has a device that may stand in; no other goes to it.</param>
public sealed record SpareRig(string Rig, IReadOnlyList<DeviceBaseline> Devices, IReadOnlyList<string> Cases);
