using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Library;

namespace DeviceHarness.Cli.Client;

/// <summary>How a case ended in the newest cycle in which it was run to a verdict.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Cycle">The cycle.</param>
/// <param name="Provenance">What its devices were.</param>
internal sealed record LastVerdict(Verdict Verdict, string Cycle, Provenance Provenance)
{
    /// <summary>No verdicts at all.</summary>
    public static IReadOnlyDictionary<string, LastVerdict> None { get; } = new Dictionary<string, LastVerdict>();

    /// <summary>Looks through the newest cycles.</summary>
    /// <param name="connection">The orchestrator.</param>
    /// <param name="cycles">How many cycles.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The verdicts by <c>pack case</c>.</returns>
    /// <exception cref="CommandException">The orchestrator does not answer.</exception>
    public static async Task<IReadOnlyDictionary<string, LastVerdict>> FindAsync(
        OrchestratorConnection connection, int cycles, CancellationToken cancellationToken)
    {
        Dictionary<string, LastVerdict> found = [];
        ListCyclesReply list = await connection.AskAsync(client => client.ListCyclesAsync(
            new ListCyclesRequest { Limit = cycles }, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        foreach (CycleSummary cycle in list.Cycles)
        {
            CycleDetail detail = await connection.AskAsync(client => client.GetCycleAsync(
                new GetCycleRequest { CycleId = cycle.Id }, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            foreach (ExecutionSummary execution in detail.Executions.Where(execution => execution.Verdict != Verdict.NotRun))
            {
                LastVerdict last = new(execution.Verdict, cycle.Id, cycle.Provenance);
                _ = found.TryAdd($"{cycle.PackName} {execution.CaseId}", last);
                if (SourceOf(cycle.PackName, execution.CaseId) is { } source)
                {
                    _ = found.TryAdd($"{source} {execution.CaseId}", last);
                }
            }
        }

        return found;
    }

    // A case that a pack takes in from another is a case of that one too.
    private static string? SourceOf(string pack, string caseId) =>
        PackLibrary.Find(pack)?.Find(caseId)?.Source is { Length: > 0 } source ? source.Split(' ')[0] : null;
}
