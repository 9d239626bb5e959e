using DeviceHarness.EndToEnd.Tests.Kills;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>An agent is killed in the middle of a case, and the case goes to the spare rig. What happened is read from the two meters' own
/// logs: what the harness believes is held against them.</summary>
public sealed class SpareRigTests
{
    private const int Kill = 9;

    // On the first rig, whose meter starts with its supply off, the case waits until its agent is killed; on the spare it goes on.
    private const string Pack = """
        pack: spares
        title: Cases that a spare rig takes over
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Sets the clock and waits where the supply is off.
        needs:
          esme: ESME
        cases:
          - id: SAFE
            title: sets the clock one hour ahead
            device: esme
            srv: "6.11"
            budget: 15m
            steps:
              - name: set
                request:
                  srv: "6.11"
                  body: { CurrentDateTime: "${now+1h}", TolerancePeriod: 86400 }
                expect: { success: true }
              - name: look
                request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
                on-miss: continue
              - wait: 10m
                when: missed
          - id: UNSAFE
            title: sets the clock two hours ahead
            device: esme
            srv: "6.11"
            budget: 60s
            repeat: never
            steps:
              - name: set
                request:
                  srv: "6.11"
                  body: { CurrentDateTime: "${now+2h}", TolerancePeriod: 86400 }
                expect: { success: true }
        """;

    [Fact]
    public async Task A_case_whose_agent_is_killed_ends_as_a_rig_fault_and_runs_once_on_the_spare_rig()
    {
        string folder = Directory.CreateTempSubdirectory("harness-spares-").FullName;
        try
        {
            await RunAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder)
    {
        string pack = Path.Combine(folder, "spares.pack.yaml");
        await File.WriteAllTextAsync(pack, Pack);
        TestRig first = await TestRig.MakeAsync(folder, "rig-a", "A0", supply: "disconnected");
        TestRig spare = await TestRig.MakeAsync(folder, "rig-b", "B0", supply: "connected");
        string[] server = ["--data", Path.Combine(folder, "orchestrator")];
        await using HarnessProcess orchestrator = HarnessProcess.Start(folder, ["orchestrator", "--listen", "127.0.0.1:0", .. server]);
        await using HarnessProcess firstBench = first.StartBench();
        await using HarnessProcess spareBench = spare.StartBench();
        string line = await orchestrator.WaitForLineAsync("orchestrator at");
        string address = line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(';');
        await firstBench.WaitForLineAsync("serving until Ctrl-C");
        await spareBench.WaitForLineAsync("serving until Ctrl-C");
        await using HarnessProcess spareAgent = spare.StartAgent(address);
        string cycle;
        await using (HarnessProcess agent = first.StartAgent(address))
        {
            await agent.WaitForLineAsync("is connected to");
            await spareAgent.WaitForLineAsync("is connected to");
            await using HarnessProcess run = await HarnessProcess.RunAsync(
                folder, ["run", pack, "--rig", first.Name, "--spare-rig", spare.Name, "--stop-on", "failed", "--detach", .. server]);
            run.ExitCode.Should().Be(0, run.Error);
            cycle = run.Output.Trim();
            await first.WaitForCommandAsync();
            agent.Signal(Kill);
            await agent.WaitForExitAsync();
        }

        CommandRun release = await CommandRun.OfAsync(["rig", "release", first.Name, "--reason", "killed", .. server]);
        CommandRun watch = await CommandRun.OfAsync(["watch", cycle, .. server]);
        await using HarnessProcess back = first.StartAgent(address);
        await back.WaitForLineAsync("is connected to");
        await first.WaitForEmptyJournalAsync();
        CommandRun after = await CommandRun.OfAsync(["watch", cycle, .. server]);

        release.Output.Should().Contain("attempt 1: rig fault; queued again").And.Contain("attempt 1: rig fault; left to a person");
        first.Commands.HoursSet().Should().Equal([1], "the agent was killed after its first command");
        spare.Commands.HoursSet().Should().Equal([1], "the safe case ran once; the unsafe one was leased to the lost rig");
        foreach (CommandRun seen in new[] { watch, after })
        {
            seen.ExitCode.Should().Be(3, $"{seen.Output}\n{seen.Error}");
            seen.Output.Should().Contain("SAFE attempt 1: rig fault on rig-a").And.Contain("SAFE ran on rig-b, on other devices")
                .And.Contain("1 of 2 in-scope cases passed").And.Contain("UNSAFE").And.Contain("a person decides");
        }

        StoredResults.FindFaults(Path.Combine(folder, "orchestrator", "harness.db"), cycle).Should().BeEmpty();
    }

    /// <summary>A rig with a meter of its own, and its processes.</summary>
    private sealed class TestRig(string folder, string name)
    {
        private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

        // Reached only when something hangs.
        private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

        public string Name => name;

        public CommandLog Commands => new(CommandFile);

        private string CommandFile => Path.Combine(Data, "bench", name, "commands.jsonl");

        private string RigFile => Path.Combine(folder, $"{name}.yaml");

        private string Data => Path.Combine(folder, name);

        public static async Task<TestRig> MakeAsync(string folder, string name, string lastOctet, string supply)
        {
            TestRig rig = new(folder, name);
            string model = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "esme.yaml"));
            string modelFile = Path.Combine(folder, $"{name}-esme.yaml");
            await File.WriteAllTextAsync(modelFile, model.Replace("state: connected", $"state: {supply}", StringComparison.Ordinal));
            await File.WriteAllTextAsync(rig.RigFile, $$"""
                rig: {{name}}
                users:
                  IS: 90-B3-D5-1F-30-01-00-01
                devices:
                  esme-01:
                    type: ESME
                    eui64: 90-B3-D5-1F-30-00-00-{{lastOctet}}
                    firmware: "4.2.0"
                    profile: generic-smets1-esme
                    link: { via: virtual, model: {{modelFile}}, paced: false }
                    overrides: { response-timeout: 10s, retries: 2 }
                """);
            return rig;
        }

        public HarnessProcess StartBench() =>
            HarnessProcess.Start(folder, "bench", "up", "--rig-config", RigFile, "--data", Data);

        public HarnessProcess StartAgent(string address) => HarnessProcess.Start(
            folder, "agent", "--rig-config", RigFile, "--data", Data, "--server", address, "--profiles",
            Path.Combine(RepositoryRoot.Path, "rigs", "profiles"));

        /// <summary>Waits until the meter logged that its clock was set.</summary>
        public async Task WaitForCommandAsync()
        {
            using CancellationTokenSource bound = new(Bound);
            while (!File.Exists(CommandFile) || Commands.HoursSet().Count == 0)
            {
                await Task.Delay(Poll, TimeProvider.System, bound.Token);
            }
        }

        /// <summary>Waits until the agent holds nothing any more that the orchestrator did not acknowledge.</summary>
        public async Task WaitForEmptyJournalAsync()
        {
            using CancellationTokenSource bound = new(Bound);
            while (Directory.EnumerateFiles(Path.Combine(Data, "agent", name, "journal"), "*.journal").Any())
            {
                await Task.Delay(Poll, TimeProvider.System, bound.Token);
            }
        }
    }
}
