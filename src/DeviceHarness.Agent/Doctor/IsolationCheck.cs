using DeviceHarness.Agent.Power;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the bench is held off by its emergency stop, as far as its agent has noticed.</summary>
internal sealed class IsolationCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "isolation";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        PowerListing listing = PowerListing.Of(scene.Rig, scene.DataFolder, scene.Time);
        DoctorFinding? finding = listing switch
        {
            { IsIsolated: true } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Wrong, "it was switched off by its emergency stop, and nobody acknowledged it",
                "see that the bench is safe, then press its button or run 'harness power acknowledge' there"),
            { HasIsolation: true } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Good, "not held off", string.Empty),
            { Feeds.Count: > 0 } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Note, "feeds are switched, and no emergency stop is known to the agent",
                "wire its second contact to an input, and name that under 'power.isolation'"),
            _ => null,
        };
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(finding is null ? [] : [finding]);
    }
}
