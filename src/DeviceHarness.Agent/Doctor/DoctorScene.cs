using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>What checks look at.</summary>
/// <param name="Rig">The rig.</param>
/// <param name="DataFolder">The data folder of its agent.</param>
/// <param name="Time">The clock.</param>
internal sealed record DoctorScene(RigConfiguration Rig, string DataFolder, TimeProvider Time);
