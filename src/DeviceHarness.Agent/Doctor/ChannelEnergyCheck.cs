using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether what an adapter heard on the channels, which every execution tells, can be read. An adapter that has measured nothing
/// yet is no finding.</summary>
internal sealed class ChannelEnergyCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "channel-energy";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>([.. scene.Rig.Adapters.SelectMany(adapter => Look(scene, adapter))]);

    private IEnumerable<DoctorFinding> Look(DoctorScene scene, RigAdapter adapter)
    {
        string? fault = null;
        try
        {
            _ = ChannelEnergies.Read(AdapterStation.EnergyFile(adapter, scene.Rig, scene.DataFolder));
        }
        catch (ConfigurationException broken)
        {
            fault = $"{broken.Code}: {broken.Message}";
        }

        return fault is null
            ? []
            : [new DoctorFinding(
                Name, adapter.Name, DoctorState.Wrong, fault,
                "delete the file; 'harness han form' with this data folder measures the channels anew, when the network is formed next")];
    }
}
