using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Undo;

namespace DeviceHarness.Agent.Doctor;

/// <summary>How often contactors, valves and flash were worn by cases so far, and how often they still may be.</summary>
internal sealed class WearCheck : IDoctorCheck
{
    // From here on a person is told to look for another device, or for what the model stands.
    private const double NearlySpent = 0.8;

    /// <inheritdoc/>
    public string Name => "wear";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        try
        {
            WearLedger? ledger = WearLedger.Of(scene.Rig, scene.DataFolder);
            return Task.FromResult<IReadOnlyList<DoctorFinding>>(
                [.. WearLedger.LimitsOf(scene.Rig).Select(limit => Judge(limit.Key.Value, ledger!.CountOf(limit.Key), limit.Value))]);
        }
        catch (TransportException fault)
        {
            return Task.FromResult<IReadOnlyList<DoctorFinding>>(
                [new DoctorFinding(Name, scene.Rig.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}", "see to the data folder")]);
        }
    }

    private DoctorFinding Judge(string device, int count, int limit)
    {
        const string Advice = "hold the count against the model's data sheet, then raise 'wear-limit' of the device in the rig file, or "
            + "take another device";
        string found = $"{count} of {limit} commands that wear a contactor, a valve or flash";
        return count >= limit ? new DoctorFinding(Name, device, DoctorState.Wrong, $"{found}: cases with more do not begin", Advice)
            : count >= limit * NearlySpent ? new DoctorFinding(Name, device, DoctorState.Note, found, Advice)
            : new DoctorFinding(Name, device, DoctorState.Good, found, string.Empty);
    }
}
