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

        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        ListRigsReply reply = await connection.AskAsync(client =>
            client.ListRigsAsync(new ListRigsRequest(), cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        Rig known = reply.Rigs.FirstOrDefault(candidate => candidate.Name == rig.Name) ?? throw new CommandException(
            ExitCode.Usage,
            $"the orchestrator knows no rig {rig.Name}; it knows {string.Join(", ", reply.Rigs.Select(each => each.Name))}");
        return [.. rig.Devices.Select(device => RowOf(device, known.Devices.FirstOrDefault(row => row.Id == device.Id.Value)))];
    }

    /// <summary>The rows as an orchestrator knows them that runs and has seen the rig, else as the rig file states them.</summary>
    public static async Task<IReadOnlyList<InventoryDevice>> FindAsync(
        RigConfiguration rig, ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            return await OfAsync(rig, isLive: true, parsed, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandException exception) when (exception.ExitCode is ExitCode.Infrastructure or ExitCode.Usage)
        {
            return await OfAsync(rig, isLive: false, parsed, cancellationToken).ConfigureAwait(false);
        }
    }

    private static InventoryDevice RowOf(RigDevice device, Device? row) =>
        row is not null && Enum.TryParse(row.Status, out DeviceStatus status)
            ? device.InventoryRow with { Status = status, FirmwareVersion = row.FirmwareVersion }
            : device.InventoryRow;
}
