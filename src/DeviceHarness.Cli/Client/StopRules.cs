using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Client;

/// <summary>When a run is to stop before its cycles are through: after so many cases that ended with a verdict.</summary>
/// <remarks>Whoever follows the run applies them: they end with the command.</remarks>
internal sealed class StopRules
{
    private static readonly Dictionary<string, Verdict> Verdicts = new()
    {
        ["failed"] = Verdict.Failed,
        ["error"] = Verdict.Error,
        ["inconclusive"] = Verdict.Inconclusive,
        ["blocked"] = Verdict.Blocked,
    };

    private readonly Dictionary<Verdict, int> _limits;
    private readonly Dictionary<Verdict, HashSet<string>> _seen = [];

    private StopRules(Dictionary<Verdict, int> limits) => _limits = limits;

    /// <summary>No rule.</summary>
    public static StopRules None => new([]);

    /// <summary>Reads rules such as <c>failed</c> and <c>inconclusive=3</c>; a later one for the same verdict takes its place.</summary>
    /// <param name="texts">The rules.</param>
    /// <param name="mayStay">Whether the command follows the run to its end.</param>
    /// <exception cref="CommandException">A rule is not one, or nobody would apply it.</exception>
    public static StopRules Parse(IEnumerable<string> texts, bool mayStay)
    {
        Dictionary<Verdict, int> limits = [];
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2);
            int limit = 1;
            if (!Verdicts.TryGetValue(parts[0], out Verdict verdict)
                || (parts.Length == 2 && (!int.TryParse(parts[1], out limit) || limit < 1)))
            {
                throw new CommandException(
                    ExitCode.Usage, $"--stop-on: found '{text}'; allowed: {string.Join(", ", Verdicts.Keys)}, each with =<1 or more>");
            }

            limits[verdict] = limit;
        }

        return limits.Count == 0 || mayStay
            ? new StopRules(limits)
            : throw new CommandException(ExitCode.Usage, "--stop-on needs the command to stay; leave --detach out");
    }

    /// <summary>Takes note of what ended.</summary>
    /// <returns>The rule that is met, with the case that met it; null while none is.</returns>
    public string? Observe(CycleUpdate update) => update.BodyCase switch
    {
        CycleUpdate.BodyOneofCase.Snapshot =>
            update.Snapshot.Executions.Select(Observe).FirstOrDefault(rule => rule is not null),
        CycleUpdate.BodyOneofCase.Execution => Observe(update.Execution.Execution),
        _ => null,
    };

    private string? Observe(ExecutionSummary execution)
    {
        if (execution.State != "finished" || !_limits.TryGetValue(execution.Verdict, out int limit))
        {
            return null;
        }

        // A snapshot and an update may both tell of the same end.
        HashSet<string> seen = _seen.TryGetValue(execution.Verdict, out HashSet<string>? known) ? known : _seen[execution.Verdict] = [];
        return seen.Add(execution.Id) && seen.Count == limit
            ? $"{execution.Verdict} for the {limit}. time: {execution.CaseId}"
            : null;
    }
}
