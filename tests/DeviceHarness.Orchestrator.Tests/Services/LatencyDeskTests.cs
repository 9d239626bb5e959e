using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class LatencyDeskTests
{
    [Fact]
    public async Task Latencies_of_two_cycles_add_up_by_model_firmware_and_SRV_and_one_is_counted_once()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string first = await bench.SubmitAsync("ONE", "TWO");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        string second = await bench.SubmitAsync("ONE");
        await rig.RunAsync(await rig.ReadLeaseAsync(), Verdict.Passed);
        await bench.WaitForEndAsync(second);

        GetLatenciesReply both = await AskAsync(bench, first, second, first);
        GetLatenciesReply newest = await AskAsync(bench);
        Func<Task> unknown = () => AskAsync(bench, "c9");

        LatencyProfile sum = both.Profiles.Should().ContainSingle().Subject;
        (sum.Model, sum.Firmware, sum.ServiceReferenceVariant).Should().Be(("ESME generic-smets1-esme", "4.2.0", "7.4"));
        sum.Total.Count.Should().Be(3);
        (sum.Total.Longest.ToTimeSpan().TotalMilliseconds, sum.Line.Shortest.ToTimeSpan().TotalMilliseconds).Should().Be((20, 9));
        sum.Total.Buckets.Sum(bucket => bucket.Count).Should().Be(3);
        newest.Cycles.Should().Equal(second);
        newest.Profiles.Single().Total.Count.Should().Be(1);
        (await unknown.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.NotFound);
    }

    private static Task<GetLatenciesReply> AskAsync(OrchestratorBench bench, params string[] cycles)
    {
        GetLatenciesRequest request = new();
        request.Cycles.AddRange(cycles);
        return bench.Client.GetLatenciesAsync(request).ResponseAsync.DefaultTimeout();
    }
}
