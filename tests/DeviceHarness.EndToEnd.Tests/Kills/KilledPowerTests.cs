using System.Net;
using System.Net.Sockets;
using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests.Kills;

/// <summary>An agent is killed while it holds a meter's supply off. What the meter is fed with is read from the bench's own process, which
/// nobody kills.</summary>
public sealed class KilledPowerTests
{
    private const string Power = """
        power:
          feeds:
            mains-01: { via: virtual, devices: [ esme-01 ] }
          sense:
            - { via: virtual, device: esme-01, terminal: mains }
        """;

    private const string Pack = """
        pack: kills
        title: A case that takes the supply away, and one that needs it
        version: "1.0"
        kind: smoke
        owner: tests
        budget: 1h
        purpose: Shows that a killed agent leaves no meter without its supply.
        needs:
          esme: ESME
        cases:
          - id: DARK
            title: takes the supply away and is killed
            device: esme
            srv: "11.2"
            budget: 30m
            repeat: never
            steps:
              - power: { state: off }
              - wait: 20m
          - id: READ
            title: reads the meter
            device: esme
            srv: "11.2"
            steps:
              - request: { srv: "11.2" }
        """;

    [Fact]
    public async Task A_killed_agent_leaves_its_meter_powered_and_the_next_one_goes_on()
    {
        await using KillBench bench = await KillBench.StartAsync(ShareControlAsync, Power);
        string left = await bench.SubmitAsync(Pack, "DARK");
        await bench.UntilAsync(() => Edges(bench) == 1, "the supply is off");
        await bench.KillAgentAsync();
        await bench.UntilAsync(() => Edges(bench) == 2, "the supply is back");

        bench.StartAgent();
        CycleDetail killed = await bench.WaitForEndAsync(left);
        CycleDetail read = await bench.WaitForEndAsync(await bench.SubmitAsync(Pack, "READ"));
        await bench.StopAgentAsync();

        killed.Executions.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Inconclusive, bench.Said);
        read.Executions.Should().ContainSingle().Which.Verdict.Should().Be(Verdict.Passed, bench.Said);
        Edges(bench).Should().Be(2, bench.Said);
    }

    private static Task ShareControlAsync(KillBench bench)
    {
        File.CreateSymbolicLink(bench.AgentBenchControl, bench.BenchControl);
        return Task.CompletedTask;
    }

    /// <summary>How often the supply at the meter's terminal came or went.</summary>
    private static int Edges(KillBench bench)
    {
        using TcpClient client = new();
        client.Connect(IPEndPoint.Parse(File.ReadAllText(bench.BenchControl)));
        using StreamReader reader = new(client.GetStream());
        client.GetStream().Write("supply esme-01 mains\n"u8);
        return reader.ReadLine()!.Split("\"Sequence\":").Length - 1;
    }
}
