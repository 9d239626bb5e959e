using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness history</c>: one case over many cycles.</summary>
internal static class HistoryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> testCase = new("case") { Description = "The case, such as KEY-02" };
        Option<string> device = new("--device")
        {
            Description = "Only attempts on this device (name in the rig file or EUI-64) or profile",
            HelpName = "device",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<string> firmware = new("--firmware")
        {
            Description = "Only attempts on devices with this firmware, as their cycle was frozen with it",
            HelpName = "version",
            DefaultValueFactory = _ => string.Empty,
        };
        Option<int> cycles = new("--cycles") { Description = "Of so many of the newest cycles, 1 to 1000", DefaultValueFactory = _ => 50 };
        Command command = new(
            "history",
            """
            Show every attempt at a case over many cycles, and how steady it is on the same devices with the same firmware by the same
            pack text: it is flaky when it passed and failed. Every attempt counts, whatever decided its cycle.

            Examples:
              harness history SMK-10
              harness history KEY-02 --device 90-B3-D5-1F-30-00-00-A0 --firmware 4.2.0
              harness history ACK-01 --cycles 200 --json
            """)
        { testCase, device, firmware, cycles };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            GetCaseHistoryRequest request = new()
            {
                CaseId = parsed.GetRequiredValue(testCase),
                Device = parsed.GetRequiredValue(device),
                Firmware = parsed.GetRequiredValue(firmware),
                Cycles = parsed.GetValue(cycles),
            };
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            CaseHistory history = await connection.AskAsync(client =>
                client.GetCaseHistoryAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(history);
            }
            else
            {
                Write(history);
            }

            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(CaseHistory history)
    {
        Console.WriteLine($"{history.CaseId}: {history.Attempts.Count} attempts");
        ConsoleText.WriteTable(
            ["cycle", "attempt", "began (UTC)", "verdict", "device", "firmware", "rig", "took", "reason"],
            [.. history.Attempts.Select(attempt => (IReadOnlyList<string>)
            [
                attempt.CycleId, $"{attempt.Number}{(attempt.Deciding ? "*" : string.Empty)}",
                attempt.Started is null ? "not begun" : ConsoleText.Moment(attempt.Started),
                attempt.Counted ? attempt.Verdict.ToString() : $"{attempt.Verdict}, not counted", Or(attempt.Devices),
                Or(attempt.Firmware), attempt.Rig, ConsoleText.Of(attempt.Elapsed.ToTimeSpan()), attempt.Reason,
            ])]);
        Console.WriteLine("* decided the case in its cycle. Over all conclusive attempts:");
        ConsoleText.WriteTable(
            ["device", "firmware", "pack", "passed", "failed", "other", "", "share that passes"],
            [.. history.Groups.Select(group => (IReadOnlyList<string>)
            [
                Or(group.Devices), Or(group.Firmware), group.PackHash[..Math.Min(12, group.PackHash.Length)], $"{group.Passed}",
                $"{group.Failed}", $"{group.Others}", group.Flaky ? "FLAKY" : string.Empty, Or(group.Interval),
            ])]);
    }

    private static string Or(string text) => text.Length == 0 ? "none" : text;
}
