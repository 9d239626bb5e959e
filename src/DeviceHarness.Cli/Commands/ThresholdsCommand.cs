using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness thresholds</c>: open Testing Issues against the agreed tolerances.</summary>
internal static class ThresholdsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string> dmc = new("--dmc")
        {
            Description = "The Device Model Combination; without one, issues limited to any count",
            HelpName = "id",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string?> installation = CommonOptions.Installation("The kind of installation; default: each", "dormant", "active", "mixed");
        Option<bool> rehearsal = new("--rehearsal") { Description = "Count what virtual devices showed as well: evidence for nothing" };
        Option<string?> at = CommonOptions.At();
        Command command = new(
            "thresholds",
            """
            Hold the open Testing Issues against the agreed tolerances, by severity and kind of installation.

            Examples:
              harness thresholds
              harness thresholds --dmc 002255 --installation mixed --json
              harness thresholds --rehearsal --at 2026-01-31T12:00
              harness thresholds set --name tranche-44 --set-version 1 --origin "TAG, 8 April 2020" --max 1=0 2=0 3=3 --reason "agreed"
            """)
        { dmc, installation, rehearsal, at, Set() };
        command.SetAction((parsed, cancellationToken) =>
        {
            GetThresholdsRequest request = new()
            {
                Dmc = parsed.GetRequiredValue(dmc),
                Rehearsal = parsed.GetValue(rehearsal),
                At = CommonOptions.Moment(parsed.GetValue(at)),
            };
            if (CommonOptions.InstallationOf(parsed.GetValue(installation)) is { } kind)
            {
                request.Installation = kind;
            }

            return AnswerAsync(parsed, client => client.GetThresholdsAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static Command Set()
    {
        Option<string> name = new("--name") { Description = "Its name", HelpName = "name", Required = true };
        Option<string> version = new("--set-version") { Description = "Its version", HelpName = "version", Required = true };
        Option<string> origin = new("--origin")
        {
            Description = "Who agreed it, and where that is written",
            HelpName = "text",
            Required = true,
        };
        Option<string[]> maxima = new("--max")
        {
            Description = "The most of a severity that may be open and counted; a severity without one has no maximum",
            HelpName = "severity=n",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        DecisionOptions decision = new();
        Command command = new(
            "set",
            """
            Take a threshold set into use. Earlier ones are kept; a report for an earlier date uses the one of that date.

            Examples:
              harness thresholds set --name tranche-44 --set-version 1 --origin "TAG, 8 April 2020" --max 1=0 2=0 3=3 --reason "agreed"
            """)
        { name, version, origin, maxima };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ThresholdSet set = new()
            {
                Name = parsed.GetRequiredValue(name),
                Version = parsed.GetRequiredValue(version),
                Origin = parsed.GetRequiredValue(origin),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            };
            set.Maxima.AddRange(parsed.GetRequiredValue(maxima).Select(MaximumOf));
            SetThresholdsRequest request = new() { Set = set };
            return AnswerAsync(parsed, client => client.SetThresholdsAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static SeverityMaximum MaximumOf(string text)
    {
        string[] parts = text.Split('=');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int severity)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int maximum)
            ? new SeverityMaximum { Severity = severity, Maximum = maximum }
            : throw new CommandException(ExitCode.Usage, $"--max: found '{text}'; allowed: <severity>=<number>, such as 3=3");
    }

    private static async Task<int> AnswerAsync(
        ParseResult parsed, Func<HarnessService.HarnessServiceClient, Task<GetThresholdsReply>> ask)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        GetThresholdsReply reply = await connection.AskAsync(ask).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(reply);
        }
        else
        {
            ThresholdOutput.Write(reply.Evaluations);
        }

        return ExitCode.Passed;
    }
}
