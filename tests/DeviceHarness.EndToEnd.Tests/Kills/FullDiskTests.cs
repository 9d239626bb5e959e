using DeviceHarness.Contracts.V1;
using FluentAssertions;
using Xunit.Abstractions;

namespace DeviceHarness.EndToEnd.Tests.Kills;

public sealed class FullDiskTests(ITestOutputHelper output)
{
    [RootFact]
    public async Task A_rig_whose_disk_is_full_waits_for_room_and_goes_on()
    {
        SmallDisk? disk = null;
        await using KillBench bench = await KillBench.StartAsync(
            async made => disk = await SmallDisk.MountAsync(made.JournalFolder, kibibytes: 1024));
        await using SmallDisk mounted = disk!;
        bench.Commands.Mark();
        long before = bench.Line.ToMeter.Count;
        string cycle = await bench.SubmitAsync();
        await bench.Line.ToMeter.WaitForAsync(before + 1, CancellationToken.None);

        mounted.Fill();
        await bench.WaitForAgentLineAsync("The journal cannot keep the end of lease");
        bool hasEnded = await bench.HasEndedAsync(cycle);
        mounted.Free();
        CycleDetail detail = await bench.WaitForEndAsync(cycle);
        await bench.WaitForEmptyJournalAsync();

        hasEnded.Should().BeFalse("nothing is run while nothing can be kept");
        KillCheck.Check(bench, detail, bench.Said);
        detail.Executions.Count(execution => execution.Verdict == Verdict.Passed).Should().BeGreaterThan(0, bench.Said);
        output.WriteLine(detail.Cycle.ToString());
    }

    [RootFact]
    public async Task An_orchestrator_whose_disk_is_full_acknowledges_nothing_and_goes_on_when_there_is_room()
    {
        SmallDisk? disk = null;
        await using KillBench bench = await KillBench.StartAsync(
            async made => disk = await SmallDisk.MountAsync(made.OrchestratorData, kibibytes: 8192));
        await using SmallDisk mounted = disk!;
        bench.Commands.Mark();
        long before = bench.Line.ToMeter.Count;
        string cycle = await bench.SubmitAsync();
        await bench.Line.ToMeter.WaitForAsync(before + 1, CancellationToken.None);

        mounted.Fill();
        await bench.WaitForOrchestratorLineAsync("the disk is full");
        mounted.Free();
        CycleDetail detail = await bench.WaitForEndAsync(cycle);
        await bench.WaitForEmptyJournalAsync();

        KillCheck.Check(bench, detail, bench.Said);
        detail.Cycle.State.Should().Be(CycleState.Complete, $"the rig went on and kept what it ran\n{bench.Said}");
        output.WriteLine(detail.Cycle.ToString());
    }
}
