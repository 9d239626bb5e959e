using System.CommandLine;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;

namespace DeviceHarness.Cli.Client;

/// <summary>How long the requests of a pack took when a rig ran it before, as the orchestrator keeps it.</summary>
internal static class MeasuredCycles
{
    /// <summary>How many cycles are looked through.</summary>
    public const int Listed = 100;

    /// <summary>How many cycles of the pack are read.</summary>
    public const int Read = 3;

    /// <summary>Asks for the newest cycles of the very pack on the rig; nothing where no orchestrator runs: a plan needs none.</summary>
    public static async Task<IReadOnlyList<MeasuredDuration>> FindAsync(
        ParseResult parsed, TestPack pack, string rig, CancellationToken cancellationToken)
    {
        try
        {
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            return await AskAsync(connection, pack, rig, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandException exception) when (exception.ExitCode == ExitCode.Infrastructure)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<MeasuredDuration>> AskAsync(
        OrchestratorConnection connection, TestPack pack, string rig, CancellationToken cancellationToken)
    {
        ListCyclesReply list = await connection.AskAsync(client => client
            .ListCyclesAsync(new ListCyclesRequest { Limit = Listed }, cancellationToken: cancellationToken).ResponseAsync)
            .ConfigureAwait(false);
        List<MeasuredDuration> measured = [];
        foreach (CycleSummary cycle in list.Cycles.Where(row => row.PackHash == pack.Hash && row.Rig == rig).Take(Read))
        {
            CycleDetail detail = await connection.AskAsync(client => client
                .GetCycleAsync(new GetCycleRequest { CycleId = cycle.Id }, cancellationToken: cancellationToken).ResponseAsync)
                .ConfigureAwait(false);
            measured.AddRange(detail.Latencies.Where(row => row.ElapsedP50 is not null).Select(row => new MeasuredDuration(
                row.ServiceReferenceVariant, row.Device, row.ElapsedP50.ToTimeSpan(), row.Samples)));
        }

        return measured;
    }
}
