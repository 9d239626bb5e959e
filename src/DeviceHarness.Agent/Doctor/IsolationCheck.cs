using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether the bench is held off by its emergency stop: as far as its agent has noticed, and by the line itself where no agent
/// holds it.</summary>
internal sealed class IsolationCheck : IDoctorCheck
{
    private const string HeldLine = "GPIO-002";

    /// <inheritdoc/>
    public string Name => "isolation";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        PowerListing listing = PowerListing.Of(scene.Rig, scene.DataFolder, scene.Time);
        DoctorFinding? finding = listing switch
        {
            { IsIsolated: true } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Wrong, "it was switched off by its emergency stop, and nobody acknowledged it",
                "see that the bench is safe, then press its button or run 'harness power acknowledge' there"),
            { HasIsolation: true } => await SeeAsync(scene, cancellationToken).ConfigureAwait(false),
            { Feeds.Count: > 0 } => new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Note, "feeds are switched, and no emergency stop is known to the agent",
                "wire its second contact to an input, and name that under 'power.isolation'"),
            _ => null,
        };
        return finding is null ? [] : [finding];
    }

    private async Task<DoctorFinding> SeeAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        BenchControlClient bench = new(BenchPaths.Folder(scene.DataFolder, scene.Rig.Name));
        await using ConfiguredAsyncDisposable leaving = bench.ConfigureAwait(false);
        IIsolationInput stop = RigSupply.IsolationOf(scene.Rig.Power, bench)!;
        try
        {
            return await stop.IsIsolatedAsync(cancellationToken).ConfigureAwait(false)
                ? new DoctorFinding(
                    Name, scene.Rig.Name, DoctorState.Wrong, "the emergency stop is pulled, or its wire is broken",
                    "see that the bench is safe, then let the stop go; or 'active-low' of 'power.isolation' is wrong")
                : new DoctorFinding(Name, scene.Rig.Name, DoctorState.Good, "not held off", string.Empty);
        }
        catch (TransportException busy) when (busy.Code == HeldLine)
        {
            return new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Good, $"not held off, as far as the agent has noticed: {busy.Message}", string.Empty);
        }
        catch (TransportException fault)
        {
            string advice = fault.Code == "BENCH-003"
                ? "start 'harness bench up' with the same --rig-config and --data"
                : "read what was found: it names the chip and the line";
            return new DoctorFinding(
                Name, scene.Rig.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}; an agent takes it for pulled", advice);
        }
        finally
        {
            (stop as IDisposable)?.Dispose();
        }
    }
}
