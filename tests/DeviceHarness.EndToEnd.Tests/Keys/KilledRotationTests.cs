using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.EndToEnd.Tests.Kills;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Keys;

/// <summary>An agent is killed in the middle of a rotation. What happened is read from the meter's own log: what the agent believes
/// afterwards is held against it.</summary>
public sealed class KilledRotationTests
{
    private const int Kill = 9;

    // The meter locks after five, the rig file allows three.
    private const int AttemptLimit = 3;

    private const string Look = """
        pack: look
        title: Which key the meter holds
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Finds the key that a rotation left open, and reads with it.
        needs:
          esme: { type: ESME, facts: [ key-rotation ] }
        cases:
          - id: LOOK
            title: The meter proves a key and answers
            device: esme
            srv: "11.2"
            budget: 30m
            steps:
              - probe-key: { expect: EXPECTED }
              - request: { srv: "11.2" }
                expect: { success: true }
        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    // Reached only when something hangs.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    /// <summary>Whether the meter took the key that it did not confirm.</summary>
    public static TheoryData<bool> Kills { get; } = TestSize.IsLong ? [true, false] : [true];

    [Theory]
    [MemberData(nameof(Kills))]
    public async Task After_the_kill_the_key_that_holds_is_found_within_the_attempts_and_none_is_lost(bool isTaken)
    {
        using SecuredFolder folder = new();
        string agentData = folder.In("agent");
        string[] server = ["--data", folder.In("orchestrator")];
        await using HarnessProcess bench = await folder.StartBenchAsync(isTaken ? "unconfirmed-key-rotation" : null);
        CommandLog commands = new(Path.Combine(folder.Data, "bench", SecuredFolder.Rig, "commands.jsonl"));
        await using HarnessProcess orchestrator = HarnessProcess.Start(folder.Path, ["orchestrator", "--listen", "127.0.0.1:0", .. server]);
        string line = await orchestrator.WaitForLineAsync("orchestrator at");
        string address = line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(';');
        await using PluggableLine plug = PlugIn(folder, agentData);
        KeyRecord begun;

        await using (HarnessProcess agent = StartAgent(folder, agentData, address))
        {
            await agent.WaitForLineAsync("is connected to");
            plug.Loses = isTaken ? null : () => IsPrepared(agentData);
            await using HarnessProcess run = await HarnessProcess.RunAsync(
                folder.Path, ["run", "key-rotation", "--only", "KEY-03", "--rig", SecuredFolder.Rig, "--detach", .. server]);
            run.ExitCode.Should().Be(0, run.Error);
            await UntilAsync(() => isTaken ? commands.KeysTaken() > 0 : plug.Lost.Count > 0);
            agent.Signal(Kill);
            await agent.WaitForExitAsync();
            begun = SecuredFolder.KeysIn(agentData);
        }

        int refusedBefore = commands.Refused();
        plug.Loses = null;
        await using HarnessProcess next = StartAgent(folder, agentData, address);
        await next.WaitForLineAsync("is connected to");
        string expected = isTaken ? "candidate" : "former";
        await File.WriteAllTextAsync(folder.In("look.pack.yaml"), Look.Replace("EXPECTED", expected, StringComparison.Ordinal));
        await using HarnessProcess look = await HarnessProcess.RunAsync(
            folder.Path, ["run", folder.In("look.pack.yaml"), "--rig", SecuredFolder.Rig, .. server]);
        await using HarnessProcess cycles = await HarnessProcess.RunAsync(folder.Path, ["cycles", "--json", .. server]);
        KeyRecord found = SecuredFolder.KeysIn(agentData);

        look.ExitCode.Should().Be(0, $"{look.Output}\n{look.Error}\n{next.Error}");
        (begun.State, begun.Possible.Count).Should().Be((RotationState.Prepared, 2));
        commands.KeysTaken().Should().Be(isTaken ? 1 : 0, "a rotation whose agent died is not sent again by itself");
        refusedBefore.Should().Be(0);
        commands.Refused().Should().BeInRange(isTaken ? 0 : 1, isTaken ? 0 : AttemptLimit - 1, "the candidate is tried first");
        (found.State, found.Held).Should().Be((RotationState.Settled, isTaken ? KeyProof.Candidate : KeyProof.Former));
        found.Active.Should().Be(isTaken ? begun.Candidate : begun.Active);
        found.Retired.Should().Be(isTaken ? begun.Active : begun.Candidate);
        cycles.Output.Should().NotContain("running", "the case whose agent died has ended");
    }

    private static PluggableLine PlugIn(SecuredFolder folder, string agentData)
    {
        string ofMeters = Path.Combine(folder.Data, "bench", SecuredFolder.Rig);
        string ofAgent = Path.Combine(agentData, "bench", SecuredFolder.Rig);
        Directory.CreateDirectory(ofAgent);
        foreach (string other in (string[])["esme-02", "esme-late", "esme-mute"])
        {
            File.CreateSymbolicLink(Path.Combine(ofAgent, other), Path.Combine(ofMeters, other));
        }

        return new PluggableLine(Path.Combine(ofMeters, SecuredFolder.Meter), Path.Combine(ofAgent, SecuredFolder.Meter));
    }

    private static HarnessProcess StartAgent(SecuredFolder folder, string agentData, string address) => HarnessProcess.Start(
        folder.Path, "agent", "--rig-config", folder.RigConfig, "--data", agentData, "--server", address);

    // Both copies are there before the first octet of the rotation leaves.
    private static bool IsPrepared(string agentData) => File.Exists(Path.Combine(SecuredFolder.SecurityOf(agentData), "keys.2"));

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using CancellationTokenSource bound = new(Bound);
        while (!isSo())
        {
            await Task.Delay(Poll, TimeProvider.System, bound.Token);
        }
    }
}
