using System.CommandLine;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness issue limit|count|origin</c>: what people say of an issue beside its severity.</summary>
internal static class IssueStandingCommands
{
    /// <summary>Limits an issue to some entries.</summary>
    public static Command Limit()
    {
        Argument<string> id = IssueCommand.Id();
        Option<string?> dmc = new("--dmc") { Description = "The Device Model Combination; '' takes the limit away", HelpName = "id" };
        Option<string?> installation = CommonOptions.Installation(
            "The kind of installation; 'any' takes the limit away", "dormant", "active", "mixed", "any");
        return Make(
            "limit",
            """
            Limit an issue to a Device Model Combination or a kind of installation: it then stands against no other entry.

            Examples:
              harness issue limit TI-0001 --installation mixed --reason "the dormant part of a mixed installation alone" --forum TAG
              harness issue limit TI-0001 --dmc 002255 --reason "seen on no other combination"
            """,
            id,
            [dmc, installation],
            (parsed, request) =>
            {
                if (parsed.GetValue(dmc) is { } limit)
                {
                    request.Dmc = limit;
                }

                if (CommonOptions.InstallationOf(parsed.GetValue(installation)) is { } kind)
                {
                    request.Installation = kind;
                }
            });
    }

    /// <summary>Counts an issue against thresholds, or does not.</summary>
    public static Command Count()
    {
        Argument<string> id = IssueCommand.Id();
        Option<bool?> counted = new("--counted") { Description = "Whether it counts against thresholds", HelpName = "true|false" };
        return Make(
            "count",
            """
            Decide whether an issue counts against thresholds. One that does not is listed on every report with reason and decider.

            Examples:
              harness issue count TI-0001 --counted false --reason "not attributable to the combination" --forum TAG
              harness issue count TI-0001 --counted true --reason "TAG took the view back" --forum TAG
            """,
            id,
            [counted],
            (parsed, request) => request.Counted = parsed.GetValue(counted)
                ?? throw new CommandException(ExitCode.Usage, "give --counted true or --counted false"));
    }

    /// <summary>Says where an issue was known before.</summary>
    public static Command Origin()
    {
        Argument<string> id = IssueCommand.Id();
        Option<string?> phase = new("--earlier-phase") { Description = "The phase in which it was found before", HelpName = "phase" };
        Option<string?> defect = new("--production-defect")
        {
            Description = "The reference of the production defect",
            HelpName = "reference",
        };
        Option<string?> state = new("--state") { Description = "CarriedOver, when it comes from there", HelpName = "state" };
        return Make(
            "origin",
            """
            Say where an issue was known before: an earlier phase, or a defect of production. Both stay with it.

            Examples:
              harness issue origin TI-0001 --earlier-phase "IOC SIT" --state CarriedOver --reason "open since stage 5"
              harness issue origin TI-0001 --production-defect INC000123 --reason "the same symptom in the live service"
            """,
            id,
            [phase, defect, state],
            (parsed, request) =>
            {
                if (parsed.GetValue(phase) is { } earlier)
                {
                    request.EarlierPhase = earlier;
                }

                if (parsed.GetValue(defect) is { } reference)
                {
                    request.ProductionDefect = reference;
                }

                request.State = parsed.GetValue(state) ?? string.Empty;
            });
    }

    private static Command Make(
        string name, string description, Argument<string> id, Option[] options, Action<ParseResult, ConfirmIssueRequest> set)
    {
        DecisionOptions decision = new();
        Command command = new(name, description) { id };
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            ConfirmIssueRequest request = new()
            {
                Id = parsed.GetRequiredValue(id),
                Who = decision.Who(parsed),
                Forum = decision.Forum(parsed),
                Reason = decision.Reason(parsed),
            };
            set(parsed, request);
            return IssueCommand.AnswerAsync(parsed, client =>
                client.ConfirmIssueAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }
}
