using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness cycle resume</c>: goes on with a cycle that was cut.</summary>
internal static class ResumeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> cycle = new("cycle") { Description = "The cycle; it must have ended Incomplete" };
        Option<string> reason = new("--reason")
        {
            Description = "Why; it is kept with the cycle",
            HelpName = "text",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string[]> repeat = new("--repeat")
        {
            Description = "Cases to run once more although they may have begun and are unsafe to repeat",
            HelpName = "case",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        Option<string> who = new("--by")
        {
            Description = "Who resumes it; default: the login name",
            HelpName = "name",
            DefaultValueFactory = _ => Environment.UserName,
        };
        Option<bool> plan = new("--plan") { Description = "Change nothing: say what becomes of each case" };
        Option<bool> detach = new("--detach") { Description = "Do not wait; watch later with 'harness watch'" };
        Command command = new(
            "resume",
            """
            Go on with a cycle that was cancelled, stopped or left Incomplete: what never began is run, what began without a verdict and
            is safe to repeat is run once more, what has its verdict stays. A case that is unsafe to repeat (it rotates a key, activates
            firmware) is run again only when --repeat names it. Harness, devices and firmware must be those that the cycle was frozen
            with. Stop rules of the run hold anew: what ended before counts no more.

            Examples:
              harness cycle resume 20260105-200000-1 --plan
              harness cycle resume 20260105-200000-1 --reason "power is back"
              harness cycle resume 20260105-200000-1 --reason "key was not changed" --repeat KEY-02
            """)
        { cycle, reason, repeat, who, plan, detach };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ResumeCycleRequest request = new()
            {
                CycleId = parsed.GetRequiredValue(cycle),
                Reason = parsed.GetRequiredValue(reason),
                Who = parsed.GetRequiredValue(who),
                PlanOnly = parsed.GetValue(plan),
            };
            request.Repeat.AddRange(parsed.GetRequiredValue(repeat));
            return await RunAsync(parsed, request, parsed.GetValue(detach), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ResumeCycleRequest request, bool isDetached, CancellationToken cancellationToken)
    {
        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        ResumeCycleReply reply = await connection.AskAsync(client =>
            client.ResumeCycleAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
        bool isJson = parsed.GetValue(CommonOptions.Json);
        if (isJson)
        {
            JsonText.WriteLine(reply);
        }
        else
        {
            ConsoleText.WriteTable(
                ["case", "", "why"],
                [.. reply.Cases.Select(row => (IReadOnlyList<string>)[row.CaseId, Name(row.Choice), row.Why])]);
        }

        return request.PlanOnly || isDetached
            ? ExitCode.Passed
            : await CycleRun.Resumed(connection, request.CycleId, isJson).FollowAsync(cancellationToken).ConfigureAwait(false);
    }

    private static string Name(ResumeChoice choice) => choice switch
    {
        ResumeChoice.Kept => "stays",
        ResumeChoice.Queued => "runs",
        _ => "LEFT TO A PERSON",
    };
}
