using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>What checks look at.</summary>
/// <param name="Rig">The rig.</param>
/// <param name="DataFolder">The data folder of its agent.</param>
/// <param name="Time">The clock.</param>
/// <param name="Root">The root of the file system that tells of the machine, <c>/</c>.</param>
internal sealed record DoctorScene(RigConfiguration Rig, string DataFolder, TimeProvider Time, string Root = "/")
{
    /// <summary>What is done beyond looking.</summary>
    public DoctorWishes Wishes { get; init; } = DoctorWishes.None;
}
