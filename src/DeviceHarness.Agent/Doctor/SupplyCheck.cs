using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;

namespace DeviceHarness.Agent.Doctor;

/// <summary>What is seen of the supply of the devices, whether relay boards answer, and what of the wiring keeps a device dark. Nothing is
/// switched.</summary>
internal sealed class SupplyCheck : IDoctorCheck
{
    /// <inheritdoc/>
    public string Name => "supply";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DoctorFinding>> LookAsync(DoctorScene scene, CancellationToken cancellationToken)
    {
        BenchControlClient bench = new(BenchPaths.Folder(scene.DataFolder, scene.Rig.Name));
        await using ConfiguredAsyncDisposable leaving = bench.ConfigureAwait(false);
        using RigSenses senses = RigSupply.SensesOf(scene.Rig.Power.Inputs, bench, scene.Time);
        List<DoctorFinding> findings = [];
        foreach (RigInput input in scene.Rig.Power.Inputs)
        {
            findings.Add(await SeeAsync(senses, input.Point, cancellationToken).ConfigureAwait(false));
        }

        foreach (RelayBoardSettings board in scene.Rig.Power.Boards)
        {
            findings.Add(await AskAsync(scene, board, cancellationToken).ConfigureAwait(false));
        }

        findings.AddRange(scene.Rig.Power.Feeds.SelectMany(feed => Wiring(feed, scene.Rig.Power)));
        return findings;
    }

    private async Task<DoctorFinding> SeeAsync(RigSenses senses, SupplyPoint point, CancellationToken cancellationToken)
    {
        try
        {
            SupplyReading reading = await senses.ReadAsync(point, cancellationToken).ConfigureAwait(false);
            string measured = reading.Measured is { } value ? $": {value}" : string.Empty;
            return reading.IsPresent
                ? new DoctorFinding(Name, point.ToString(), DoctorState.Good, $"the supply is there{measured}", string.Empty)
                : new DoctorFinding(
                    Name, point.ToString(), DoctorState.Wrong, $"the supply is not there{measured}",
                    reading.Measured is null
                        ? "see to the breaker, the emergency stop and the relay; or the input is wired wrong, or 'active-low' is"
                        : "see to the breaker, the emergency stop and the relay; or the shunt is in another wire, or 'on-at' is too high");
        }
        catch (TransportException fault)
        {
            string advice = fault.Code == "BENCH-003"
                ? "start 'harness bench up' with the same --rig-config and --data"
                : "read what was found: it names the chip and the line, or the bus and the address";
            return new DoctorFinding(Name, point.ToString(), DoctorState.Wrong, $"{fault.Code}: {fault.Message}", advice);
        }
    }

    private async Task<DoctorFinding> AskAsync(DoctorScene scene, RelayBoardSettings settings, CancellationToken cancellationToken)
    {
        RelayBoardPort board = new(settings, () => RigSupply.OpenBoard(settings, scene.Rig, scene.DataFolder));
        await using ConfiguredAsyncDisposable closing = board.ConfigureAwait(false);
        try
        {
            bool? isDriven = await board.ReadAsync(channel: 1, cancellationToken).ConfigureAwait(false);
            return isDriven is null
                ? new DoctorFinding(
                    Name, settings.Name, DoctorState.Note, "its port opens; a board of this kind answers nothing",
                    "wire an input to each supply that it switches: nothing else tells whether a contact moved")
                : new DoctorFinding(
                    Name, settings.Name, DoctorState.Good, $"answers: channel 1 is {(isDriven == true ? "driven" : "not driven")}",
                    string.Empty);
        }
        catch (TransportException fault)
        {
            return new DoctorFinding(
                Name, settings.Name, DoctorState.Wrong, $"{fault.Code}: {fault.Message}",
                "see that the board is powered and plugged in; a rig agent that runs holds its port");
        }
    }

    private IEnumerable<DoctorFinding> Wiring(RigFeed feed, RigPower power)
    {
        string name = feed.Feed.Name;
        if (feed.Switch is not VirtualSwitch and not CoilSwitch { IsNormallyClosed: true })
        {
            yield return new DoctorFinding(
                Name, name, DoctorState.Note, "its devices may stay dark when the agent dies: no normally-closed contact feeds them",
                "use the normally-closed contact of a relay, and say 'contact: normally-closed'");
        }

        if (!power.Inputs.Any(input => feed.Own.Contains(input.Point.Device) && input.Point.Terminal == SupplyTerminal.Mains))
        {
            yield return new DoctorFinding(
                Name, name, DoctorState.Note, "no input sees what it switches: a contact that is stuck goes unnoticed",
                "wire an input to the mains terminal of one of its devices, and name it under 'power.sense'");
        }
    }
}
