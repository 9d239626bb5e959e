using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;
using Grpc.Core;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness issue</c>: one Testing Issue.</summary>
internal static class IssueCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new(
        "issue",
        """
        Show Testing Issues and record what people decide about them; 'harness issues' lists them, 'harness thresholds' counts them.

        Examples:
          harness issue show TI-0001
          harness issue confirm TI-0001 --severity 2 --reason "supply not restored" --forum TAB
          harness issue link TI-0002 --duplicate-of TI-0001 --reason "same scaler"
        """)
    {
        Show(), Confirm(), Link(), IssueStandingCommands.Limit(), IssueStandingCommands.Count(), IssueStandingCommands.Origin(),
        RegressionCommand.Fix(),
    };

    private static Command Show()
    {
        Argument<string> id = Id();
        Command command = new(
            "show",
            """
            Show one Testing Issue: what is proposed and why, where it was seen, its octets and its history.

            Examples:
              harness issue show TI-0001
              harness issue show 110029 --json
            """)
        { id };
        command.SetAction((parsed, cancellationToken) => AnswerAsync(parsed, client => client.GetIssueAsync(
            new GetIssueRequest { Id = parsed.GetRequiredValue(id) }, cancellationToken: cancellationToken).ResponseAsync));
        return command;
    }

    private static Command Confirm()
    {
        Argument<string> id = Id();
        Option<int> severity = new("--severity") { Description = "1 to 5", HelpName = "n" };
        Option<string> state = new("--state") { Description = "The state it goes to, such as Investigating", HelpName = "state" };
        Option<bool?> cause = new("--cause-known") { Description = "Whether the cause is known", HelpName = "true|false" };
        Option<bool?> workaround = new("--workaround") { Description = "Whether a workaround is accepted", HelpName = "true|false" };
        Option<bool?> harm = new("--harm")
        {
            Description = "Whether safety, supply, credit or security is harmed",
            HelpName = "true|false",
        };
        Option<bool?> lost = new("--unrecoverable") { Description = "Whether the device cannot be recovered", HelpName = "true|false" };
        Option<string> spread = new("--spread") { Description = "whole: all devices; partial: some, or intermittent" };
        spread.AcceptOnlyFromAmong("whole", "partial");
        Option<string> departure = new("--departure") { Description = "minor; asset: text, display or test asset" };
        departure.AcceptOnlyFromAmong("minor", "asset");
        DecisionOptions decision = new();
        Command command = new(
            "confirm",
            """
            Record a person's decision: a severity, a state, or what is known. Each change is kept with who, when, forum and reason.

            Examples:
              harness issue confirm TI-0001 --severity 2 --reason "supply not restored" --forum TAB
              harness issue confirm TI-0001 --state Assigned --reason "with the firmware team"
              harness issue confirm TI-0001 --cause-known true --workaround true --severity 3 --reason "fix in May release"
            """)
        { id, severity, state, cause, workaround, harm, lost, spread, departure };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ConfirmIssueRequest request = new()
            {
                Id = parsed.GetRequiredValue(id),
                Who = decision.Who(parsed),
                Forum = decision.Forum(parsed),
                Reason = decision.Reason(parsed),
                Severity = parsed.GetValue(severity),
                State = parsed.GetValue(state) ?? string.Empty,
            };
            Set(parsed.GetValue(cause), value => request.CauseKnown = value);
            Set(parsed.GetValue(workaround), value => request.WorkaroundAccepted = value);
            Set(parsed.GetValue(harm), value => request.Harm = value);
            Set(parsed.GetValue(lost), value => request.Unrecoverable = value);
            Set<Spread>(parsed.GetValue(spread) is { } reach ? reach == "whole" ? Spread.Whole : Spread.Partial : null,
                value => request.Spread = value);
            Set<Departure>(parsed.GetValue(departure) is { } kind ? kind == "minor" ? Departure.Minor : Departure.Asset : null,
                value => request.Departure = value);
            return AnswerAsync(parsed, client =>
                client.ConfirmIssueAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static Command Link()
    {
        Argument<string> id = Id();
        Option<string?> original = new("--duplicate-of") { Description = "The issue that this one is the same as", HelpName = "issue" };
        Option<string?> cycle = new("--cycle") { Description = "The cycle of a failed attempt", HelpName = "cycle" };
        Option<string?> testCase = new("--case") { Description = "The case of a failed attempt", HelpName = "case" };
        Option<int> attempt = new("--attempt") { Description = "Its number; default: the first failed one", HelpName = "n" };
        DecisionOptions decision = new();
        Command command = new(
            "link",
            """
            Say that an issue is another's duplicate, or that a failed attempt shows an issue.

            Examples:
              harness issue link TI-0002 --duplicate-of TI-0001 --reason "same scaler"
              harness issue link 110029 --cycle 20260105-200000-1 --case SMK-05 --reason "log never completed"
            """)
        { id, original, cycle, testCase, attempt };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            LinkIssueRequest request = new()
            {
                Id = parsed.GetRequiredValue(id),
                Who = decision.Who(parsed),
                Forum = decision.Forum(parsed),
                Reason = decision.Reason(parsed),
            };
            switch (parsed.GetValue(original), parsed.GetValue(cycle), parsed.GetValue(testCase))
            {
                case ({ } duplicateOf, null, null):
                    request.DuplicateOf = duplicateOf;
                    break;
                case (null, { } cycleId, { } caseId):
                    request.Attempt = new AttemptReference { CycleId = cycleId, CaseId = caseId, Attempt = parsed.GetValue(attempt) };
                    break;
                default:
                    throw new CommandException(ExitCode.Usage, "give either --duplicate-of, or --cycle with --case");
            }

            return AnswerAsync(parsed, client => client.LinkIssueAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    /// <summary>Which issue.</summary>
    public static Argument<string> Id() => new("issue") { Description = "The issue, such as TI-0001" };

    private static void Set<T>(T? value, Action<T> set)
        where T : struct
    {
        if (value is { } given)
        {
            set(given);
        }
    }

    /// <summary>Asks, and prints the issue that comes back.</summary>
    /// <exception cref="CommandException">The issue's state does not allow it.</exception>
    public static async Task<int> AnswerAsync(ParseResult parsed, Func<HarnessService.HarnessServiceClient, Task<IssueDetail>> ask)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        IssueDetail detail;
        try
        {
            detail = await connection.AskAsync(ask).ConfigureAwait(false);
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.FailedPrecondition)
        {
            // The issue's state does not allow it: that is a matter of what was asked, not of the bench.
            throw new CommandException(ExitCode.Usage, refused.Status.Detail);
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(detail);
        }
        else
        {
            IssueOutput.Write(detail);
        }

        return ExitCode.Passed;
    }
}
