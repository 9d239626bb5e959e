using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness regression</c>: whether regression still stands, and what makes it due.</summary>
internal static class RegressionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> rehearsal = new("--rehearsal") { Description = "Count cycles on virtual devices as well: evidence for nothing" };
        Command command = new(
            "regression",
            """
            Say for each Device Model Combination whether its last regression still stands and why, which conditions are open, and what
            each release with a code change asks for.

            Examples:
              harness regression
              harness regression dmc 002255 --component s1sp-cgi esme-firmware --reason "depth and breadth document"
              harness regression run 002255 --installation dormant
              harness regression release s1sp-cgi 1.5 --reason "May maintenance release"
              harness issue fix 110031 --component s1sp-cgi --fix-version 1.5 --reason "repeats the rotation"
            """)
        { rehearsal, Dmc(), Run(), Release(), Credit() };
        command.SetAction((parsed, cancellationToken) => AnswerAsync(parsed, client => client.GetRegressionAsync(
            new GetRegressionRequest { Rehearsal = parsed.GetValue(rehearsal) }, cancellationToken: cancellationToken).ResponseAsync));
        return command;
    }

    /// <summary><c>harness issue fix</c>: records the fix of an issue.</summary>
    public static Command Fix()
    {
        Argument<string> id = IssueCommand.Id();
        Option<string> component = new("--component")
        {
            Description = "The component that was changed",
            HelpName = "name",
            Required = true,
        };
        Option<string> version = new("--fix-version") { Description = "Its version with the fix", HelpName = "version", Required = true };
        Option<bool> noCode = NoCode();
        DecisionOptions decision = new();
        Command command = new(
            "fix",
            """
            Record the fix of an issue. With a code change, regression is due for every combination that has the component.

            Examples:
              harness issue fix 110031 --component s1sp-cgi --fix-version 1.5 --reason "repeats the rotation; May maintenance release"
            """)
        { id, component, version, noCode };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RecordAsync(
            parsed,
            new ComponentRelease
            {
                IssueId = parsed.GetRequiredValue(id),
                Component = parsed.GetRequiredValue(component),
                Version = parsed.GetRequiredValue(version),
                ChangesCode = !parsed.GetValue(noCode),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            },
            cancellationToken));
        return command;
    }

    private static Command Dmc()
    {
        Argument<string> id = DmcId();
        Option<string> cohort = new("--cohort")
        {
            Description = "Its cohort",
            HelpName = "name",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string[]> components = new("--component")
        {
            Description = "The software that serves it or is in it; what two combinations share has one name",
            HelpName = "name",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        Option<string[]> eligible = new("--eligible")
        {
            Description = "The firmware with which it is on the EPCL, such as ESME=4.2.0; without it, it is not on the list",
            HelpName = "type=version",
            AllowMultipleArgumentsPerToken = true,
        };
        DecisionOptions decision = new();
        Command command = new(
            "dmc",
            """
            State a Device Model Combination with its components, and the firmware with which it is on the Eligible Product Combinations
            List (EPCL). The last statement of an id holds. When the firmware changes under a cycle for it, the harness proposes PPCT for
            a combination on the list and DMCT for one that is not.

            Examples:
              harness regression dmc 002255 --cohort "IOC Aclara" --component s1sp-cgi esme-firmware --reason "depth and breadth document"
              harness regression dmc 002255 --component s1sp-cgi --eligible ESME=4.2.0 CHF=1.3 --reason "EPCL Report 22"
            """)
        { id, cohort, components, eligible };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            Dmc dmc = new() { Id = parsed.GetRequiredValue(id), Cohort = parsed.GetRequiredValue(cohort) };
            dmc.Components.AddRange(parsed.GetRequiredValue(components));
            dmc.Eligible.AddRange((parsed.GetValue(eligible) ?? []).Select(EligibleOf));
            StateDmcRequest request = new() { Dmc = dmc, Who = decision.Decider(parsed), Reason = decision.Reason(parsed) };
            return AnswerAsync(parsed, client => client.StateDmcAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static Command Release()
    {
        Argument<string> component = new("component") { Description = "The component" };
        Argument<string> version = new("version") { Description = "Its version" };
        Option<bool> noCode = NoCode();
        DecisionOptions decision = new();
        Command command = new(
            "release",
            """
            Record that a version of a component came into use now; 'harness issue fix' records one that fixes an issue.

            Examples:
              harness regression release s1sp-cgi 1.5 --reason "May maintenance release"
              harness regression release s1sp-cgi 1.5a --no-code --reason "longer time-out, by configuration"
            """)
        { component, version, noCode };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RecordAsync(
            parsed,
            new ComponentRelease
            {
                Component = parsed.GetRequiredValue(component),
                Version = parsed.GetRequiredValue(version),
                ChangesCode = !parsed.GetValue(noCode),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            },
            cancellationToken));
        return command;
    }

    private static Command Credit()
    {
        Argument<string> id = DmcId();
        Option<string> campaign = new("--campaign")
        {
            Description = "The campaign that ran it, and where its result is written",
            HelpName = "text",
            Required = true,
        };
        Option<string> covers = new("--covers") { Description = "What of the regression it covers", HelpName = "text", Required = true };
        Option<string> day = new("--on")
        {
            Description = "The day on which it was run, such as 2020-03-12",
            HelpName = "day",
            Required = true,
        };
        DecisionOptions decision = new();
        Command command = new(
            "credit",
            """
            Credit regression that another campaign ran. It is shown as partial and is never the whole.

            Examples:
              harness regression credit 002255 --campaign "MDS testing" --covers "4.1.1, 7.2" --on 2020-03-12 --reason "run in parallel"
            """)
        { id, campaign, covers, day };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            RegressionCredit credit = new()
            {
                Dmc = parsed.GetRequiredValue(id),
                Campaign = parsed.GetRequiredValue(campaign),
                Scope = parsed.GetRequiredValue(covers),
                RunOn = parsed.GetRequiredValue(day),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            };
            return AnswerAsync(parsed, client => client.CreditRegressionAsync(
                new CreditRegressionRequest { Credit = credit }, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static Command Run()
    {
        Argument<string> id = DmcId();
        Option<string> rig = new("--rig") { Description = "The rig", HelpName = "name", DefaultValueFactory = _ => string.Empty };
        Option<string?> installation = CommonOptions.Installation("The kind of installation", "dormant", "active", "mixed");
        Command command = new(
            "run",
            """
            Queue the standard regression pack for a combination: one cycle for each of its packs, marked regression. They run one after
            the other without anybody; 'harness watch' follows one.

            Examples:
              harness regression run 002255 --rig bench-01 --installation dormant
            """)
        { id, rig, installation };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CyclePurpose purpose = new()
            {
                Kind = CycleKind.Regression,
                Dmc = parsed.GetRequiredValue(id),
                Installation = CommonOptions.InstallationOf(parsed.GetValue(installation)) ?? InstallationType.Any,
            };
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            GetRegressionReply known = await connection.AskAsync(client => client.GetRegressionAsync(
                new GetRegressionRequest(), cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            SubmitCyclesReply all = new();
            foreach (string pack in known.Pack.Packs)
            {
                SubmitCyclesRequest request = new() { PackName = pack, Rig = parsed.GetRequiredValue(rig), Seed = 1, Purpose = purpose };
                SubmitCyclesReply reply = await connection.AskAsync(client =>
                    client.SubmitCyclesAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
                all.MergeFrom(reply);
            }

            RegressionOutput.Write(known.Pack, all, parsed.GetValue(CommonOptions.Json));
            return ExitCode.Passed;
        });
        return command;
    }

    private static EligibleFirmware EligibleOf(string text) => text.Split('=') is [{ Length: > 0 } type, { Length: > 0 } version]
        ? new EligibleFirmware { DeviceType = type, Version = version }
        : throw new CommandException(ExitCode.Usage, $"'{text}' is no eligible firmware: give a type and a version, such as ESME=4.2.0");

    private static Argument<string> DmcId() => new("dmc") { Description = "The Device Model Combination" };

    private static Option<bool> NoCode() => new("--no-code") { Description = "No code changed: no regression is due" };

    private static Task<int> RecordAsync(ParseResult parsed, ComponentRelease release, CancellationToken cancellationToken) =>
        AnswerAsync(parsed, client => client.RecordReleaseAsync(
            new RecordReleaseRequest { Release = release }, cancellationToken: cancellationToken).ResponseAsync);

    private static async Task<int> AnswerAsync(
        ParseResult parsed, Func<HarnessService.HarnessServiceClient, Task<GetRegressionReply>> ask)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        GetRegressionReply reply = await connection.AskAsync(ask).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(reply);
        }
        else
        {
            RegressionOutput.Write(reply);
        }

        return ExitCode.Passed;
    }
}
