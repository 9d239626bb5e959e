using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using DeviceHarness.TestKit.Net;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.EndToEnd.Tests.Kills;

public sealed class KillRunTests(ITestOutputHelper output)
{
    // The suite's few runs go round, and leave no fault out.
    private static readonly int FaultsInARun = TestSize.Of(suite: 3, large: 2);

    // Twenty seconds and more: then the fault comes where it may, and a cycle that hangs is told by the wait for its end.
    private const int MostLooks = 400;

    private static readonly int Runs = TestSize.Of(suite: 3, large: 200);

    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    // How long a cable is out: the fault itself, nothing is waited for by it.
    private static readonly TimeSpan Outage = TimeSpan.FromMilliseconds(300);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private enum Fault
    {
        KillAgent,
        KillOrchestrator,
        KillBoth,
        Cut,
        Hold,
        Unplug,
        KillBench,
        KillAll,
        StopAgent,
    }

    [Fact]
    public async Task Nothing_is_lost_doubled_or_judged_wrongly_whatever_is_killed_cut_or_unplugged()
    {
        await using KillBench bench = await KillBench.StartAsync();
        (long up, long toMeter) = await MeasureAsync(bench);

        for (int seed = 1; seed <= Runs; seed++)
        {
            Random random = new(seed);
            string told = $"seed {seed}:";
            bench.Commands.Mark();
            bench.Line.Offered.Mark();
            (long upBefore, long toMeterBefore) = (bench.Relay.Up.Count, bench.Line.ToMeter.Count);
            string cycle = await bench.SubmitAsync();
            for (int fault = 0; fault < FaultsInARun; fault++)
            {
                bool isRound = fault == 0 || !TestSize.IsLong;
                Fault next = Faults[isRound ? ((seed * FaultsInARun) + fault) % Faults.Length : random.Next(Faults.Length)];

                // Octets to the meter fall into the middle of attempts, octets to the orchestrator mostly behind their ends.
                bool isOnLine = random.Next(3) > 0;
                long all = isOnLine ? toMeter : up;
                long at = random.NextInt64(all * fault / FaultsInARun, all * (fault + 1) / FaultsInARun);
                told += $" {next} after {at} octets to the {(isOnLine ? "meter" : "orchestrator")},";
                RisingCount counter = isOnLine ? bench.Line.ToMeter : bench.Relay.Up;
                await WaitForAsync(bench, cycle, counter, at + (isOnLine ? toMeterBefore : upBefore));
                await StrikeAsync(bench, next);
            }

            CycleDetail detail = await bench.WaitForEndAsync(cycle);
            await bench.WaitForEmptyJournalAsync();
            output.WriteLine($"{told}; {Summary(detail)}");
            KillCheck.Check(bench, detail, $"{told}\n{bench.Said}");
        }
    }

    private static async Task<(long Up, long ToMeter)> MeasureAsync(KillBench bench)
    {
        bench.Commands.Mark();
        bench.Line.Offered.Mark();
        (long up, long toMeter) = (bench.Relay.Up.Count, bench.Line.ToMeter.Count);
        CycleDetail detail = await bench.WaitForEndAsync(await bench.SubmitAsync());
        detail.Cycle.State.Should().Be(CycleState.Complete, $"nothing was killed\n{bench.Said}");
        detail.Cycle.Passed.Should().Be(2 * KillPack.UnsafeCases);
        bench.Commands.HoursSet().Should().Equal(Enumerable.Range(1, KillPack.UnsafeCases), "else the meter's log tells nothing");
        bench.Line.Offered.HoursSet().Should().Equal(Enumerable.Range(1, KillPack.UnsafeCases), "else the line tells nothing");
        return (bench.Relay.Up.Count - up, bench.Line.ToMeter.Count - toMeter);
    }

    // An earlier fault may have made the cycle shorter: the next one then comes behind its end.
    private static async Task WaitForAsync(KillBench bench, string cycle, RisingCount counter, long octets)
    {
        using CancellationTokenSource ended = new();
        Task reached = counter.WaitForAsync(octets, ended.Token);
        for (int look = 0; look < MostLooks && !reached.IsCompleted && !await bench.HasEndedAsync(cycle); look++)
        {
            await Task.WhenAny(reached, Task.Delay(Poll, TimeProvider.System));
        }

        await ended.CancelAsync();
    }

    private static async Task StrikeAsync(KillBench bench, Fault fault)
    {
        switch (fault)
        {
            case Fault.KillAgent:
                await bench.KillAgentAsync();
                bench.StartAgent();
                break;
            case Fault.KillOrchestrator:
                await bench.KillOrchestratorAsync();
                await bench.StartOrchestratorAsync();
                break;
            case Fault.KillBoth:
                await bench.KillAgentAsync();
                await bench.KillOrchestratorAsync();
                bench.StartAgent();
                await bench.StartOrchestratorAsync();
                break;
            case Fault.KillBench:
                await bench.KillBenchAsync();
                await bench.RestartBenchAsync();
                break;
            case Fault.KillAll:
                await bench.KillBenchAsync();
                await bench.KillAgentAsync();
                await bench.KillOrchestratorAsync();
                bench.StartAgent();
                await bench.StartOrchestratorAsync();
                await bench.RestartBenchAsync();
                break;
            case Fault.StopAgent:
                await bench.StopAgentAsync();
                bench.StartAgent();
                break;
            case Fault.Cut:
                bench.Relay.Cut();
                await Task.Delay(Outage, TimeProvider.System);
                bench.Relay.Restore();
                break;
            case Fault.Hold:
                bench.Relay.Hold();
                await Task.Delay(Outage, TimeProvider.System);
                bench.Relay.Cut();
                bench.Relay.Restore();
                break;
            default:
                await bench.Line.UnplugAsync();
                await Task.Delay(Outage, TimeProvider.System);
                bench.Line.PlugIn();
                break;
        }
    }

    private static string Summary(CycleDetail detail) => string.Join(
        ", ", detail.Executions.Select(execution => $"{execution.CaseId} {execution.Verdict} in {execution.Attempts}"));
}
