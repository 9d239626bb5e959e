using System.Globalization;
using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Which cases of packs the rig can run with the facts, keys, sensors and routes that its file has, and why not the others: by
/// the rules that each attempt begins with.</summary>
internal sealed class CaseCheck : IDoctorCheck
{
    private const int NamedCases = 12;

    /// <inheritdoc/>
    public string Name => "cases";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        if (scene.Wishes.Packs.Count == 0)
        {
            return [];
        }

        // The bench of an agent keeps things in its data folder; to look keeps nothing.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("harness-doctor-");
        try
        {
            RigBench bench = new(scene.Rig, [], folder.FullName, scene.Rig.ProfilesFolder, scene.Time, NullLogger.Instance);
            await using ConfiguredAsyncDisposable closing = bench.ConfigureAwait(false);
            RunOptions options = new() { Time = scene.Time, FirmwareRegister = scene.Rig.FirmwareRegister };
            return [.. scene.Wishes.Packs.SelectMany(name => Look(name, bench, options))];
        }
        catch (ConfigurationException fault)
        {
            return
            [
                new DoctorFinding(
                    Name, scene.Rig.Name, DoctorState.Wrong, $"no case can run: {fault.Code}: {fault.Message}",
                    "put right what was found: it names the file and the key"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private IEnumerable<DoctorFinding> Look(string name, RigBench bench, RunOptions options)
    {
        if (PackLibrary.Find(name) is not { } pack)
        {
            yield return new DoctorFinding(
                Name, name, DoctorState.Wrong, "there is no such built-in pack", "'harness packs' lists them");
            yield break;
        }

        (TestCase Case, string? Why)[] all = [.. pack.Cases.Select(testCase => (testCase, CaseReadiness.WhyNot(testCase, bench, options)))];
        int able = all.Count(one => one.Why is null);
        yield return new DoctorFinding(
            Name, name, able > 0 ? DoctorState.Good : DoctorState.Note,
            string.Create(CultureInfo.InvariantCulture, $"{able} of {all.Length} cases can run as the rig file is"), string.Empty);
        foreach (IGrouping<string, (TestCase Case, string? Why)> reason in all.Where(one => one.Why is not null).GroupBy(one => one.Why!))
        {
            string[] ids = [.. reason.Select(one => one.Case.Id)];
            string more = ids.Length > NamedCases
                ? string.Create(CultureInfo.InvariantCulture, $" and {ids.Length - NamedCases} more")
                : string.Empty;
            yield return new DoctorFinding(
                Name, name, DoctorState.Note, $"would be Blocked: {string.Join(' ', ids.Take(NamedCases))}{more}: {reason.Key}",
                "add it to the rig file, or leave these cases out by --only");
        }
    }
}
