using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests.Services;

public sealed class SubmitCyclesTests
{
    [Theory]
    [InlineData("pack: [", "bench-01", 1, "", StatusCode.InvalidArgument, "pack is not valid")]
    [InlineData("pack: sample", "bench-01", 1, "", StatusCode.InvalidArgument, "the key 'needs'")]
    [InlineData("", "bench-01", 1, "", StatusCode.InvalidArgument, "no built-in pack 'unknown'")]
    [InlineData("good", "bench-01", 101, "", StatusCode.InvalidArgument, "1 to 100")]
    [InlineData("good", "bench-01", -1, "", StatusCode.InvalidArgument, "1 to 100")]
    [InlineData("good", "bench-01", 1, "NINE", StatusCode.InvalidArgument, "no case 'NINE'; it has ONE, TWO")]
    [InlineData("good", "bench-09", 1, "", StatusCode.FailedPrecondition, "no rig 'bench-09'")]
    [InlineData("gas", "bench-01", 1, "", StatusCode.FailedPrecondition, "no eligible device: case ONE")]
    public async Task What_cannot_run_is_refused_now(string pack, string rig, int cycles, string only, StatusCode code, string part)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig connected = await bench.ConnectAsync();
        SubmitCyclesRequest request = new() { Rig = rig, Cycles = cycles, PackName = "unknown", PackText = TextOf(pack) };
        request.Only.AddRange(only.Length == 0 ? [] : [only]);

        RpcException refusal = await RefusalAsync(bench, request);

        refusal.StatusCode.Should().Be(code);
        refusal.Status.Detail.Should().Contain(part);
        (await bench.Client.ListCyclesAsync(new ListCyclesRequest()).ResponseAsync.DefaultTimeout()).Cycles.Should().BeEmpty();
    }

    [Fact]
    public async Task Without_a_rig_the_refusal_says_how_to_start_one()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();

        RpcException refusal = await RefusalAsync(bench, new SubmitCyclesRequest { PackText = Samples.Pack("ONE"), Cycles = 1 });

        refusal.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        refusal.Status.Detail.Should().Contain("harness agent");
    }

    [Fact]
    public async Task With_two_rigs_of_which_none_has_the_device_the_refusal_names_both()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig first = await bench.ConnectAsync();
        await using ScriptedRig second = await bench.ConnectAsync(Samples.Hello("bench-02"));

        RpcException refusal = await RefusalAsync(bench, new SubmitCyclesRequest { PackText = TextOf("gas"), Cycles = 1 });

        refusal.StatusCode.Should().Be(StatusCode.FailedPrecondition);
        refusal.Status.Detail.Should().Contain("name one with --rig").And.Contain("bench-01, bench-02");
    }

    [Fact]
    public async Task With_two_rigs_the_seed_chooses_between_the_healthy_ones()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig first = await bench.ConnectAsync();
        await using ScriptedRig second = await bench.ConnectAsync(Samples.Hello("bench-02"));
        await bench.ShowRigWhenAsync("healthy", "bench-01");
        await bench.ShowRigWhenAsync("healthy", "bench-02");

        List<string> chosen = [];
        for (int seed = 0; seed < 20; seed++)
        {
            chosen.Add(await ChosenRigAsync(bench, seed));
        }

        chosen.Should().Contain("bench-01").And.Contain("bench-02");
    }

    [Theory]
    [InlineData("bench-01", "bench-02")]
    [InlineData("bench-02", "bench-01")]
    public async Task With_two_rigs_the_sick_one_is_not_chosen_whatever_the_seed(string sick, string healthy)
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig first = await bench.ConnectAsync(Samples.Hello(sick), portFault: "unplugged");
        await using ScriptedRig second = await bench.ConnectAsync(Samples.Hello(healthy));
        await bench.ShowRigWhenAsync("sick", sick);
        await bench.ShowRigWhenAsync("healthy", healthy);

        for (int seed = 0; seed < 10; seed++)
        {
            (await ChosenRigAsync(bench, seed)).Should().Be(healthy);
        }
    }

    [Fact]
    public async Task A_rig_without_the_device_is_not_chosen()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig able = await bench.ConnectAsync(portFault: "unplugged");
        Hello gas = Samples.Hello("bench-02");
        gas.Devices[0] = Samples.Device(type: "GSME");
        await using ScriptedRig unable = await bench.ConnectAsync(gas);
        await bench.ShowRigWhenAsync("sick");

        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(new SubmitCyclesRequest { PackText = TextOf("good") })
            .ResponseAsync.DefaultTimeout();

        (await bench.GetAsync(reply.CycleIds[0])).Cycle.Rig.Should().Be("bench-01", "a sick rig is the last choice, and here the only one");
        reply.Warnings.Should().ContainSingle().Which.Should().Contain("sick: esme-01: unplugged");
    }

    [Fact]
    public async Task Only_the_cases_that_were_asked_for_are_in_the_cycle_in_pack_order()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        SubmitCyclesRequest request = new() { PackText = Samples.Pack("ONE", "TWO", "THREE"), Only = { "THREE", "ONE" } };

        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout();
        CycleDetail detail = await bench.GetAsync(reply.CycleIds[0]);

        detail.Executions.Select(execution => execution.CaseId).Should().Equal("ONE", "THREE");
        detail.Devices.Should().ContainSingle().Which.FirmwareVersion.Should().Be("4.2.0");
    }

    [Fact]
    public async Task A_cycle_for_a_rig_that_is_offline_is_queued_with_a_warning()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using (ScriptedRig rig = await bench.ConnectAsync())
        {
            await rig.CompleteAsync();
            await rig.ReadStatusAsync();
        }

        await bench.PassAsync(TimeSpan.FromSeconds(11));
        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(
            new SubmitCyclesRequest { PackText = Samples.Pack("ONE"), Rig = Samples.Rig }).ResponseAsync.DefaultTimeout();

        reply.Warnings.Should().ContainSingle().Which.Should().Contain("offline");
        (await bench.GetAsync(reply.CycleIds[0])).Cycle.State.Should().Be(CycleState.Frozen);
    }

    [Fact]
    public async Task The_built_in_packs_are_listed_and_can_be_submitted_by_name()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();

        ListPacksReply reply = await bench.Client.ListPacksAsync(new ListPacksRequest()).ResponseAsync.DefaultTimeout();

        reply.Packs.Should().Contain(pack => pack.Name == "dmct-smoke").Which.Cases.Should().BeGreaterThanOrEqualTo(10);
    }

    private static async Task<string> ChosenRigAsync(OrchestratorBench bench, int seed)
    {
        SubmitCyclesReply reply = await bench.Client.SubmitCyclesAsync(
            new SubmitCyclesRequest { PackText = Samples.Pack("ONE"), Seed = seed }).ResponseAsync.DefaultTimeout();
        return (await bench.GetAsync(reply.CycleIds[0])).Cycle.Rig;
    }

    private static string TextOf(string pack) => pack switch
    {
        "good" => Samples.Pack("ONE", "TWO"),
        "gas" => Samples.Pack("ONE").Replace("esme: ESME", "esme: GSME", StringComparison.Ordinal),
        _ => pack,
    };

    private static async Task<RpcException> RefusalAsync(OrchestratorBench bench, SubmitCyclesRequest request) =>
        (await FluentActions.Awaiting(() => bench.Client.SubmitCyclesAsync(request).ResponseAsync.DefaultTimeout())
            .Should().ThrowAsync<RpcException>()).Which;
}
