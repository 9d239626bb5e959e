using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>A run that is stopped before it is through. Its last case waits for an hour: the run ends only if it is stopped.</summary>
public sealed class StopTests
{
    private const string Pack = """
        pack: stops
        title: A run that has to be stopped
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 3h
        purpose: Fails at once and then waits.
        needs:
          esme: ESME
        cases:
          - id: FAILS
            title: reads a version that no meter has
            device: esme
            srv: "11.2"
            steps:
              - request: { srv: "11.2" }
                expect: { body: { FirmwareVersion: "none" } }
          - id: WAITS
            title: waits
            device: esme
            srv: "7.4"
            budget: 2h
            steps:
              - request: { srv: "7.4" }
              - wait: 1h
        """;

    [Fact]
    public async Task A_stop_rule_ends_the_run_with_the_case_that_met_it()
    {
        using RunFolder folder = new();
        string pack = await WriteAsync(folder);

        await using HarnessProcess run = await HarnessProcess.RunAsync(
            folder.Path, "run", pack, "--virtual", "--rig-config", folder.RigConfig, "--stop-on", "failed", "--cycles", "2");

        run.ExitCode.Should().Be(1, $"{run.Output}\n{run.Error}");
        run.Output.Should().Contain("Ended early: stop rule failed=1: Failed for the 1. time: FAILS").And.Contain("Incomplete");
    }

    [Fact]
    public async Task A_cycle_that_nobody_follows_is_cancelled_by_its_id()
    {
        using RunFolder folder = new();
        string pack = await WriteAsync(folder);
        string[] data = ["--data", folder.Data];
        await using HarnessProcess orchestrator = HarnessProcess.Start(
            folder.Path, ["orchestrator", "--grpc", "http://127.0.0.1:0", .. data]);
        await orchestrator.WaitForLineAsync("orchestrator at");
        await using HarnessProcess bench = HarnessProcess.Start(folder.Path, ["bench", "up", "--rig-config", folder.RigConfig, .. data]);
        await bench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess agent = HarnessProcess.Start(folder.Path, ["agent", "--rig-config", folder.RigConfig, .. data]);
        await agent.WaitForLineAsync("is connected to");
        await using HarnessProcess run = await HarnessProcess.RunAsync(folder.Path, ["run", pack, "--only", "WAITS", "--detach", .. data]);
        string cycle = run.Output.Trim();

        await using HarnessProcess cancel = await HarnessProcess.RunAsync(
            folder.Path, ["cycle", "cancel", cycle, "--reason", "no time", .. data]);
        await using HarnessProcess unknown = await HarnessProcess.RunAsync(
            folder.Path, ["cycle", "cancel", "no-such-cycle", "--reason", "no time", .. data]);
        await using HarnessProcess watch = await HarnessProcess.RunAsync(folder.Path, ["watch", cycle, .. data]);

        cancel.ExitCode.Should().Be(0, cancel.Error);
        unknown.ExitCode.Should().Be(2, unknown.Error);
        watch.Output.Should().Contain("cancelled: no time");
    }

    private static async Task<string> WriteAsync(RunFolder folder)
    {
        string pack = Path.Combine(folder.Path, "stops.pack.yaml");
        await File.WriteAllTextAsync(pack, Pack);
        return pack;
    }
}
