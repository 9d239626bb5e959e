using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeviceHarness.Agent.Doctor;

/// <summary>Proves the wiring of the feeds by the inputs that see supplies: that each feed switches what the rig file says, nothing else,
/// and that its devices have their supply when the agent dies. Only when it is asked for: devices lose their supply.</summary>
internal sealed class WiringCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "wiring";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        if (!scene.Wishes.MovesContacts || scene.Rig.Power.Feeds.Count == 0)
        {
            return [];
        }

        try
        {
            using FileStream hold = AgentHost.Hold(scene.Rig, scene.DataFolder);
            List<DoctorFinding> findings = [];
            foreach (RigFeed feed in scene.Rig.Power.Feeds)
            {
                FeedTrial trial = new(feed, scene.Rig.Power.Inputs, () => Make(scene), scene.Time);
                (DoctorState state, string found, string advice) = await trial.RunAsync(cancellationToken).ConfigureAwait(false);
                findings.Add(new DoctorFinding(Name, feed.Feed.Name, state, found, advice));
            }

            return findings;
        }
        catch (TransportException held) when (held.Code == "AGENT-002")
        {
            return
            [
                new DoctorFinding(
                    Name, scene.Rig.Name, DoctorState.Wrong, $"{held.Code}: {held.Message}",
                    "stop the agent that drives this rig, then look again"),
            ];
        }
    }

    private static ITrialSupply Make(DoctorScene scene) => new RigTrialSupply(new RigSupply(
        scene.Rig, scene.DataFolder, new BenchControlClient(BenchPaths.Folder(scene.DataFolder, scene.Rig.Name)), static _ => { },
        scene.Time, NullLogger.Instance, new SwitchTrouble(scene.Time)));
}
