using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Duis.Firmware;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness campaign</c>: whether firmware changed after the freeze of a campaign.</summary>
internal static class CampaignCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<string?> at = CommonOptions.At();
        Command command = new(
            "campaign",
            """
            Say for each campaign when its firmware freezes, and which device changed its firmware after that: what its cycles were frozen
            with, what made one void, and what the inventory has while nothing runs. A case that takes a device to a version and back is
            no change.

            Examples:
              harness campaign
              harness campaign --at 2027-01-31T12:00 --json
              harness campaign set tranche-44 --go-live 2027-06-30 --dmc 002255 --reason "delivery plan, version 3"
            """)
        { at, Set() };
        command.SetAction((parsed, cancellationToken) =>
        {
            GetCampaignsRequest request = new() { At = CommonOptions.Moment(parsed.GetValue(at)) };
            return AnswerAsync(parsed, client => client.GetCampaignsAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static Command Set()
    {
        Argument<string> name = new("name") { Description = "Its name, such as that of the tranche" };
        Option<string> goLive = new("--go-live") { Description = "The day on which it goes live", HelpName = "day", Required = true };
        Option<int> months = new("--stable-months")
        {
            Description = "How many months before that the firmware has to be final, 1 to 36",
            HelpName = "n",
            DefaultValueFactory = _ => FirmwareBaseline.UsualStableMonths,
        };
        Option<string[]> dmcs = new("--dmc")
        {
            Description = "The Device Model Combinations that it is for; default: every cycle",
            HelpName = "id",
            AllowMultipleArgumentsPerToken = true,
        };
        DecisionOptions decision = new();
        Command command = new(
            "set",
            """
            State a campaign: its go-live day gives the freeze. The last statement of a name holds, and all are kept.

            Examples:
              harness campaign set tranche-44 --go-live 2027-06-30 --dmc 002255 002256 --reason "delivery plan, version 3"
              harness campaign set tranche-44 --go-live 2027-09-30 --stable-months 4 --reason "agreed at TAG"
            """)
        { name, goLive, months, dmcs };
        decision.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            int stable = parsed.GetValue(months);
            Campaign campaign = new()
            {
                Name = parsed.GetRequiredValue(name),
                GoLive = parsed.GetRequiredValue(goLive),
                StableMonths = stable > 0
                    ? stable
                    : throw new CommandException(ExitCode.Usage, $"--stable-months: found {stable}; allowed: 1 to 36"),
                Who = decision.Decider(parsed),
                Reason = decision.Reason(parsed),
            };
            campaign.Dmcs.AddRange(parsed.GetValue(dmcs) ?? []);
            SetCampaignRequest request = new() { Campaign = campaign };
            return AnswerAsync(parsed, client => client.SetCampaignAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        });
        return command;
    }

    private static async Task<int> AnswerAsync(
        ParseResult parsed, Func<HarnessService.HarnessServiceClient, Task<GetCampaignsReply>> ask)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        GetCampaignsReply reply = await connection.AskAsync(ask).ConfigureAwait(false);
        if (parsed.GetValue(CommonOptions.Json))
        {
            JsonText.Write(reply);
        }
        else if (reply.Campaigns.Count == 0)
        {
            Console.WriteLine("no campaign is stated, so nothing is claimed of a freeze: 'harness campaign set'");
        }
        else
        {
            CampaignOutput.Write(reply.Campaigns);
        }

        return ExitCode.Passed;
    }
}
