using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Whether what another stick needs to take the place of a trust centre is kept, and how old it is.</summary>
internal sealed class TrustCentreBackupCheck : IDoctorCheck
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Name => "trust-centre-backup";

    /// <inheritdoc/>
    public Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DoctorFinding>>(
            [.. scene.Rig.Adapters.Where(adapter => adapter.IsTrustCentre).Select(adapter => Look(scene, adapter))]);

    private DoctorFinding Look(DoctorScene scene, RigAdapter adapter)
    {
        try
        {
            string place = AdapterStation.StatePlace(adapter);
            DirectoryInfo folder = new(DiskKeyStorage.Of(scene.DataFolder, scene.Rig.Name, place).Place);
            FileInfo[] files = folder.Exists ? folder.GetFiles() : [];
            ZigBeeNetworkBackup? kept = files.Length == 0
                ? null
                : AdapterStation.StateOf(adapter, scene.Rig, scene.DataFolder).Read();
            return kept is null
                ? new DoctorFinding(
                    Name, adapter.Name, DoctorState.Note, "none is kept: a stick that breaks takes its network with it",
                    "form the network with this data folder by 'harness han form', or let an agent open the adapter")
                : Kept(adapter, scene.Time.GetUtcNow() - files.Max(file => file.LastWriteTimeUtc));
        }
        catch (HarnessException fault)
        {
            return new DoctorFinding(
                Name, adapter.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}",
                "put the key of the key store back, or form the network anew");
        }
    }

    private DoctorFinding Kept(RigAdapter adapter, TimeSpan age)
    {
        string found = string.Create(CultureInfo.InvariantCulture, $"kept {age.TotalHours:F1} hours ago");
        return age < Old
            ? new DoctorFinding(Name, adapter.Name, DoctorState.Good, found, string.Empty)
            : new DoctorFinding(
                Name, adapter.Name, DoctorState.Note, found,
                "let an agent open the adapter: it keeps the state after each change and every hour");
    }
}
