using System.CommandLine;
using System.Globalization;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>--stop-on</c>: when a run is to end before its cycles are through. The orchestrator keeps the rules.</summary>
internal static class StopOnOption
{
    private static readonly Dictionary<string, Verdict> Verdicts = new()
    {
        ["failed"] = Verdict.Failed,
        ["error"] = Verdict.Error,
        ["inconclusive"] = Verdict.Inconclusive,
        ["blocked"] = Verdict.Blocked,
    };

    /// <summary>Makes the option.</summary>
    public static Option<string[]> Create() => new("--stop-on")
    {
        Description = "Stop when so many cases of the run ended like this: failed, error, inconclusive or blocked, with =<n> (default 1); "
            + "what runs is stopped with its clean-up, the rest is not run. The orchestrator keeps it, with --detach, too",
        HelpName = "verdict[=n]",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Reads rules such as <c>failed</c> and <c>inconclusive=3</c>; a later one for the same verdict takes its place.</summary>
    /// <exception cref="CommandException">A rule is not one.</exception>
    public static IEnumerable<StopRule> Parse(IEnumerable<string> texts)
    {
        Dictionary<Verdict, int> limits = [];
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2);
            int limit = 1;
            if (!Verdicts.TryGetValue(parts[0], out Verdict verdict)
                || (parts.Length == 2
                    && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1)))
            {
                throw new CommandException(
                    ExitCode.Usage, $"--stop-on: found '{text}'; allowed: {string.Join(", ", Verdicts.Keys)}, each with =<1 or more>");
            }

            limits[verdict] = limit;
        }

        return limits.Select(rule => new StopRule { Verdict = rule.Key, Cases = rule.Value });
    }
}
