using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Packs.Requirements;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness trace</c>: requirement, case, last verdict.</summary>
internal static class TraceCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Option<bool> noVerdicts = new("--no-verdicts") { Description = "Ask no orchestrator: requirements and cases alone" };
        Option<int> cycles = new("--cycles")
        {
            Description = "How many of the newest cycles to look at, 1 to 1000",
            DefaultValueFactory = _ => 50,
        };
        cycles.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out int count) || count is < 1 or > 1000))
            {
                result.AddError($"--cycles: found '{result.Tokens[0].Value}'; allowed: 1 to 1000");
            }
        });
        Command command = new(
            "trace",
            """
            Requirement, the cases that show it, and the last verdict of each.

            Lists what is to be checked on a device (C) or reproduced on purpose (R). 'by case' is shown by cases, all of it; 'partly' says
            what is missing; 'by test' is held by a test of the harness; 'missing' says why. The verdict is that of the newest cycle in
            which the case was run to a verdict.

            Examples:
              harness trace
              harness trace --cycles 5 --json
              harness trace --no-verdicts
            """)
        { noVerdicts, cycles };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyDictionary<string, LastVerdict> verdicts = LastVerdict.None;
            if (!parsed.GetValue(noVerdicts))
            {
                using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
                verdicts = await LastVerdict.FindAsync(connection, parsed.GetValue(cycles), cancellationToken).ConfigureAwait(false);
            }

            TracePage page = TracePage.Of(RequirementRegister.Requirements, RequirementRegister.Proofs, verdicts);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(page);
            }
            else
            {
                TraceOutput.Write(page);
            }

            return ExitCode.Passed;
        });
        return command;
    }
}
