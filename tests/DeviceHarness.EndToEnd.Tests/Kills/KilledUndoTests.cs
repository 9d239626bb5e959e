using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>An agent is killed between a command and its undo, and the next one in the middle of the undo. What the meter was made to do
/// is read from the log of its own process, which nobody kills.</summary>
public sealed class KilledUndoTests
{
    private const int Enable = 51;
    private const int Disable = 52;

    private const string Pack = """
        pack: kills
        title: A case that leaves the supply off, and one that needs it
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows that what a killed agent left is put back once.
        needs:
          esme: ESME
        cases:
          - id: "OFF"
            title: disables the supply and is killed
            device: esme
            srv: "7.2"
            budget: 30m
            repeat: never
            steps:
              - request: { srv: "7.2" }
              - wait: 20m
          - id: READ
            title: reads that the supply is on
            device: esme
            srv: "7.4"
            steps:
              - request: { srv: "7.4" }
                expect: { body: { SupplyState: Enabled } }
        """;

    [Fact]
    public async Task What_a_killed_agent_left_is_put_back_once_before_the_next_case_though_its_undo_is_killed_too()
    {
        await using KillBench bench = await KillBench.StartAsync();
        string left = await bench.SubmitAsync(Pack, "OFF");
        await bench.UntilAsync(() => bench.Commands.SupplyScripts().Contains(Disable), "the supply is off");
        await bench.KillAgentAsync();
        int owed = Directory.GetFiles(bench.UndoFolder).Length;

        bench.StartAgent();
        await bench.UntilAsync(() => bench.Commands.SupplyScripts().Contains(Enable), "the supply is put back");
        await bench.KillAgentAsync();
        bench.StartAgent();
        CycleDetail killed = await bench.WaitForEndAsync(left);
        CycleDetail read = await bench.WaitForEndAsync(await bench.SubmitAsync(Pack, "READ"));
        await bench.StopAgentAsync();

        owed.Should().Be(1, bench.Said);
        killed.Executions.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Inconclusive, bench.Said);
        read.Executions.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Passed, bench.Said);
        bench.Commands.SupplyScripts().Should().Equal([Disable, Enable], bench.Said);
        Directory.GetFiles(bench.UndoFolder).Should().BeEmpty(bench.Said);
    }
}
