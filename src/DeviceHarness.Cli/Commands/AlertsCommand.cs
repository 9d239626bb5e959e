using System.CommandLine;
using System.Globalization;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness alerts</c>: what the devices told unasked over some cycles.</summary>
internal static class AlertsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> cycles = new("cycle")
        {
            Description = "The cycles to look over, at most 100; default: the newest",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> newest = new("--newest")
        {
            Description = "Look over so many of the newest cycles, 1 to 100, when none is named",
            DefaultValueFactory = _ => 1,
        };
        Option<double?> watch = new("--watch-level")
        {
            Description = "Alerts per installation and day above which they are to be looked at; default: 4.6, twice the live rate of 2.3",
            HelpName = "rate",
        };
        Command command = new(
            "alerts",
            """
            Count all alerts of some cycles, rig by rig: expected, missing, late, duplicate, unexplained, told between cases; and hold
            their number per installation and day against the live rate and a watch level. Then how often each device told each code.

            Examples:
              harness alerts
              harness alerts 20260105-200000-1 20260105-200000-2
              harness alerts --newest 100 --watch-level 3
            """)
        { cycles, newest, watch };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            GetAlertsRequest request = new() { Newest = parsed.GetValue(newest) };
            if (parsed.GetValue(watch) is { } level)
            {
                request.WatchLevel = level;
            }

            request.Cycles.AddRange(parsed.GetValue(cycles) ?? []);
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            GetAlertsReply reply = await connection.AskAsync(client =>
                client.GetAlertsAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            Write(reply);
            return ExitCode.Passed;
        });
        return command;
    }

    private static void Write(GetAlertsReply reply)
    {
        Console.WriteLine($"Over {reply.Cycles.Count} cycles: {string.Join(", ", reply.Cycles)}");
        ConsoleText.WriteTable(
            ["rig", "installations", "expected", "missing", "late", "duplicate", "unexplained", "between", "before", "not listed"],
            [.. reply.Observations.Select(one => (IReadOnlyList<string>)
            [
                one.Rig, $"{one.Installations}", $"{one.Expected}", $"{one.Missing}", $"{one.Late}", $"{one.Duplicates}",
                $"{one.Unexplained}", $"{one.Between}", $"{one.Before}", $"{one.LeftOut}",
            ])]);
        foreach (AlertObservation one in reply.Observations)
        {
            Console.WriteLine($"{one.Rig}: {one.Text}");
        }

        IReadOnlyList<string>[] traffic =
            [.. reply.Observations.SelectMany(one => one.Traffic, (one, row) => (IReadOnlyList<string>)
            [
                one.Rig, row.Device, row.Code, $"{row.Told}", $"{row.Expected}", $"{row.Late}", $"{row.Duplicates}", $"{row.Unexplained}",
                $"{row.Between}", row.HasPerDay ? string.Create(CultureInfo.InvariantCulture, $"{row.PerDay:0.00}") : "-",
            ])];
        if (traffic.Length > 0)
        {
            Console.WriteLine();
            ConsoleText.WriteTable(
                ["rig", "device", "code", "told", "expected", "late", "duplicate", "unexplained", "between", "per installation-day"],
                traffic);
        }
    }
}
