using System.CommandLine;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Cli.Client;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Cli.Firmware;

/// <summary>The inventory rows of a rig: as its file states them, or as the orchestrator's store has them now.</summary>
internal static class RigInventory
{
    /// <summary>Whether the orchestrator is asked.</summary>
    public static Option<bool> Live() => new("--live")
    {
        Description = "Take status and firmware from the orchestrator, which knows what became of them, not from the rig file",
    };

    /// <summary>The rows, in the order of the rig file.</summary>
    /// <exception cref="CommandException">The orchestrator does not know the rig, or does not answer.</exception>
    public static async Task<IReadOnlyList<InventoryDevice>> OfAsync(
        RigConfiguration rig, bool isLive, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!isLive)
        {
            return [.. rig.Devices.Select(device => device.InventoryRow)];
        }

        return RowsOf(rig, await AskAsync(rig, parsed, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>What an orchestrator knows that runs and has seen the rig, else what the rig file states.</summary>
    public static async Task<RigStanding> FindAsync(RigConfiguration rig, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            Rig known = await AskAsync(rig, parsed, cancellationToken).ConfigureAwait(false);
            return new RigStanding(
                RowsOf(rig, known),
                known.Devices.Where(row => row.Quarantine.Length > 0).ToDictionary(row => row.Id, row => row.Quarantine));
        }
        catch (CommandException exception) when (exception.ExitCode is ExitCode.Infrastructure or ExitCode.Usage)
        {
            IReadOnlyList<InventoryDevice> rows = await OfAsync(rig, isLive: false, parsed, cancellationToken).ConfigureAwait(false);
            return new RigStanding(rows, new Dictionary<string, string>());
        }
    }

    private static async Task<Rig> AskAsync(RigConfiguration rig, ParseResult parsed, CancellationToken cancellationToken)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        ListRigsReply reply = await connection.AskAsync(client =>
            client.ListRigsAsync(new ListRigsRequest(), cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        return reply.Rigs.FirstOrDefault(candidate => candidate.Name == rig.Name) ?? throw new CommandException(
            ExitCode.Usage,
            $"the orchestrator knows no rig {rig.Name}; it knows {string.Join(", ", reply.Rigs.Select(each => each.Name))}");
    }

    private static IReadOnlyList<InventoryDevice> RowsOf(RigConfiguration rig, Rig known) =>
        [.. rig.Devices.Select(device => RowOf(device, known.Devices.FirstOrDefault(row => row.Id == device.Id.Value)))];

    private static InventoryDevice RowOf(RigDevice device, Device? row) =>
        row is not null && Enum.TryParse(row.Status, out DeviceStatus status)
            ? device.InventoryRow with { Status = status, FirmwareVersion = row.FirmwareVersion }
            : device.InventoryRow;
}

/// <summary>How the devices of a rig stand.</summary>
/// <param name="Rows">Their inventory rows, in the order of the rig file.</param>
/// <param name="Quarantine">Why a device is in quarantine, by its name; nothing where no orchestrator tells.</param>
internal sealed record RigStanding(IReadOnlyList<InventoryDevice> Rows, IReadOnlyDictionary<string, string> Quarantine);
