using System.CommandLine;
using DeviceHarness.Cli.Client;
using DeviceHarness.Cli.Output;
using DeviceHarness.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Cli.Commands;

/// <summary><c>harness latency</c>: how long each SRV takes on each device model and firmware, over several cycles.</summary>
internal static class LatencyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string[]> cycles = new("cycle")
        {
            Description = "The cycles to add up, at most 100; default: the newest",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> newest = new("--newest")
        {
            Description = "Add up so many of the newest cycles, 1 to 100, when none is named",
            DefaultValueFactory = _ => 1,
        };
        Command command = new(
            "latency",
            """
            Add up how long each SRV took on each device model and firmware: samples, the least time on the line, p50, p95, p99 and
            longest of the whole, and the medians of its parts. With --json the histograms too; the report of a cycle draws them.

            Examples:
              harness latency
              harness latency 20260105-200000-1 20260105-200000-2
              harness latency --newest 20 --json
            """)
        { cycles, newest };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            GetLatenciesRequest request = new() { Newest = parsed.GetValue(newest) };
            request.Cycles.AddRange(parsed.GetValue(cycles) ?? []);
            using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
            GetLatenciesReply reply = await connection.AskAsync(client =>
                client.GetLatenciesAsync(request, cancellationToken: cancellationToken).ResponseAsync).ConfigureAwait(false);
            if (parsed.GetValue(CommonOptions.Json))
            {
                JsonText.Write(reply);
                return ExitCode.Passed;
            }

            Console.WriteLine($"Over {reply.Cycles.Count} cycles: {string.Join(", ", reply.Cycles)}");
            ConsoleText.WriteTable(
                ["SRV", "device model", "firmware", "samples", "line floor", "p50", "p95", "p99", "longest", "harness", "line", "device"],
                [.. reply.Profiles.Select(profile => (IReadOnlyList<string>)
                [
                    profile.ServiceReferenceVariant, profile.Model, profile.Firmware, $"{profile.Total.Count}",
                    Of(profile.Line.Shortest), Of(profile.Total.P50), Of(profile.Total.P95), Of(profile.Total.P99),
                    Of(profile.Total.Longest), Of(profile.Harness.P50), Of(profile.Line.P50), Of(profile.Device.P50),
                ])]);
            return ExitCode.Passed;
        });
        return command;
    }

    private static string Of(Duration duration) => ConsoleText.Of(duration.ToTimeSpan());
}
