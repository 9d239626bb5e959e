using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Power;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the bench is held off by its emergency stop: as far as its agent has noticed, and by the line itself where no agent
/// holds it.</summary>
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
            { HasIsolation: true } => See(scene),
            { Feeds.Count: > 0 } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Note, "feeds are switched, and no emergency stop is known to the agent",
                "wire its second contact to an input, and name that under 'power.isolation'"),
            _ => null,
        };
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(finding is null ? [] : [finding]);
    }

    private DoctorFinding See(DoctorScene scene)
    {
        if (scene.Rig.Power.Isolation?.Gpio is not { } line)
        {
            return new DoctorFinding(Name, scene.Rig.Name, DoctorState.Good, "not held off", string.Empty);
        }

        try
        {
            using GpioInput input = GpioInput.Open(line);
            return input.Get()
                ? new DoctorFinding(
                    Name, scene.Rig.Name, DoctorState.Wrong, "the emergency stop is pulled, or its wire is broken",
                    "see that the bench is safe, then let the stop go; or 'active-low' of 'power.isolation' is wrong")
                : new DoctorFinding(Name, scene.Rig.Name, DoctorState.Good, "not held off; its line tells so now", string.Empty);
        }
        catch (TransportException busy) when (busy.Code == "GPIO-002")
        {
            return new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Good, $"not held off, as far as the agent has noticed: {busy.Message}", string.Empty);
        }
        catch (TransportException fault)
        {
            return new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}; an agent takes it for pulled",
                "read what was found: it names the chip and the line");
        }
    }
}
