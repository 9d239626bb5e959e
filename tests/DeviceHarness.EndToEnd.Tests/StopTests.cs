using System.Globalization;
using DeviceHarness.EndToEnd.Tests.Kills;
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

    private const string Cut = """
        pack: cuts
        title: A run that is cut in its second case
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 3h
        purpose: Waits in its second case for what a person does.
        needs:
          esme: ESME
        cases:
          - id: UNSAFE
            title: moves the supply
            device: esme
            srv: "7.2"
            repeat: never
            steps:
              - request: { srv: "7.2" }
              - request: { srv: "7.1" }
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
          - id: WAITS
            title: waits until the supply is off
            device: esme
            srv: "7.4"
            budget: 2h
            steps:
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Disabled } }
                repeat: { until: met, every: 1m, within: 1h }
          - id: LAST
            title: switches the supply on
            device: esme
            srv: "7.1"
            repeat: never
            steps:
              - request: { srv: "7.1" }
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
        """;

    private const string SwitchOff = """
        <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.1">
          <sr:Header>
            <sr:RequestID>90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0:COUNTER</sr:RequestID>
            <sr:CommandVariant>4</sr:CommandVariant>
            <sr:ServiceReference>7.2</sr:ServiceReference>
            <sr:ServiceReferenceVariant>7.2</sr:ServiceReferenceVariant>
          </sr:Header>
          <sr:Body><sr:DisableSupply/></sr:Body>
        </sr:Request>
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
    public async Task An_interrupted_run_is_resumed_once_and_repeats_nothing_unsafe_and_one_that_nobody_follows_is_cancelled()
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
        await CheckResumedAsync(folder, data);
        await using HarnessProcess run = await HarnessProcess.RunAsync(folder.Path, ["run", pack, "--only", "WAITS", "--detach", .. data]);
        string cycle = run.Output.Trim();

        CommandRun cancel = await CommandRun.OfAsync(["cycle", "cancel", cycle, "--reason", "no time", .. data]);
        CommandRun unknown = await CommandRun.OfAsync(["cycle", "cancel", "no-such-cycle", "--reason", "no time", .. data]);
        CommandRun watch = await CommandRun.OfAsync(["watch", cycle, .. data]);

        cancel.ExitCode.Should().Be(0, cancel.Error);
        unknown.ExitCode.Should().Be(2, unknown.Error);
        watch.Output.Should().Contain("cancelled: no time");
    }

    /// <summary>Interrupts a run in its second case, does what that case waits for, and lets the cycle go on.</summary>
    private static async Task CheckResumedAsync(RunFolder folder, string[] data)
    {
        string pack = Path.Combine(folder.Path, "cuts.pack.yaml");
        await File.WriteAllTextAsync(pack, Cut);
        string request = Path.Combine(folder.Path, "off.xml");
        CommandLog meter = new(Path.Combine(folder.Data, "bench", "bench-01", "commands.jsonl"));
        await using HarnessProcess run = HarnessProcess.Start(folder.Path, ["run", pack, "--stop-on", "failed", .. data]);
        string cycle = (await run.WaitForLineAsync("cuts on bench-01")).Split(' ', ':')[1];
        await run.WaitForLineAsync("WAITS step 1");
        run.Interrupt();
        int interrupted = await run.WaitForExitAsync();
        CommandRun cut = await CommandRun.OfAsync(["watch", cycle, .. data]);
        // Above the counters that the run used, below those that it will use: milliseconds since 1970 all of them.
        string counter = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(request, SwitchOff.Replace("COUNTER", counter, StringComparison.Ordinal));
        CommandRun off = await CommandRun.OfAsync(["send", request, .. data]);

        string[] resume = ["cycle", "resume", cycle, "--reason", "go on", .. data];
        await using HarnessProcess resumed = await HarnessProcess.RunAsync(folder.Path, resume);
        CommandRun again = await CommandRun.OfAsync(resume);

        interrupted.Should().Be(130, run.Error);
        run.Error.Should().Contain($"harness cycle resume {cycle}");
        cut.Output.Should().Contain("cancelled: interrupted at the command line");
        off.ExitCode.Should().Be(0, off.Error);
        resumed.ExitCode.Should().Be(0, $"{resumed.Output}\n{resumed.Error}");
        resumed.Output.Should().Contain($"Cycle {cycle}: Complete");
        again.ExitCode.Should().Be(3, $"{again.Output}\n{again.Error}");
        again.Error.Should().Contain("cannot be resumed: it is Complete");
        meter.SupplyScripts().Should().Equal([52, 51, 52, 51], "by UNSAFE, by hand, by LAST: each once");
    }

    private static async Task<string> WriteAsync(RunFolder folder)
    {
        string pack = Path.Combine(folder.Path, "stops.pack.yaml");
        await File.WriteAllTextAsync(pack, Pack);
        return pack;
    }
}
