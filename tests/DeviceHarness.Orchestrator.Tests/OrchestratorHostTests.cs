using System.Net;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Orchestrator.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Orchestrator.Tests;

public sealed class OrchestratorHostTests
{
    [Fact]
    public async Task The_address_is_published_while_it_runs_and_gone_after_a_clean_stop()
    {
        OrchestratorBench bench = await OrchestratorBench.StartAsync();

        OrchestratorAddress? published = OrchestratorAddress.TryRead(bench.Folder);
        await bench.Host.DisposeAsync();
        OrchestratorAddress? after = OrchestratorAddress.TryRead(bench.Folder);

        published!.Address.Should().Be(bench.Host.Address).And.StartWith("http://127.0.0.1:");
        published.Pid.Should().Be(Environment.ProcessId);
        published.Version.Should().NotBeEmpty();
        after.Should().BeNull();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task A_second_orchestrator_on_the_same_folder_is_refused_with_the_address_of_the_first()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();

        OrchestratorException refusal = (await FluentActions
            .Awaiting(() => OrchestratorHost.StartAsync(bench.Options, CancellationToken.None))
            .Should().ThrowAsync<OrchestratorException>()).Which;

        refusal.Code.Should().Be(OrchestratorException.FolderInUse);
        refusal.Message.Should().Contain(bench.Host.Address).And.Contain("--data");
    }

    [Fact]
    public async Task One_that_is_told_to_end_before_it_serves_ends_without_a_fault_and_leaves_the_folder_free()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        OrchestratorOptions options = bench.Options with { DataFolder = Directory.CreateTempSubdirectory("orchestrator-").FullName };
        bool hasServed = false;

        await OrchestratorHost.RunAsync(options, _ => hasServed = true, new CancellationToken(canceled: true));

        hasServed.Should().BeFalse();
        await (await OrchestratorHost.StartAsync(options, CancellationToken.None)).DisposeAsync();
        Directory.Delete(options.DataFolder, recursive: true);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_and_leaves_the_folder_free()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        string folder = Directory.CreateTempSubdirectory("orchestrator-").FullName;
        IPEndPoint inUse = new(IPAddress.Loopback, new Uri(bench.Host.Address).Port);
        OrchestratorOptions taken = bench.Options with { DataFolder = folder, Endpoint = inUse };

        OrchestratorException refusal = (await FluentActions
            .Awaiting(() => OrchestratorHost.StartAsync(taken, CancellationToken.None))
            .Should().ThrowAsync<OrchestratorException>()).Which;
        await using (await OrchestratorHost.StartAsync(bench.Options with { DataFolder = folder }, CancellationToken.None))
        {
            refusal.Code.Should().Be(OrchestratorException.AddressNotBound);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_address_off_loopback_is_refused()
    {
        OrchestratorOptions options = new() { DataFolder = Path.GetTempPath(), Endpoint = new IPEndPoint(IPAddress.Any, 0) };

        OrchestratorException refusal = (await FluentActions
            .Awaiting(() => OrchestratorHost.StartAsync(options, CancellationToken.None))
            .Should().ThrowAsync<OrchestratorException>()).Which;

        refusal.Code.Should().Be(OrchestratorException.NotLoopback);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_refused()
    {
        string file = Path.GetTempFileName();
        OrchestratorOptions options = new() { DataFolder = Path.Combine(file, "below"), Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };

        OrchestratorException refusal = (await FluentActions
            .Awaiting(() => OrchestratorHost.StartAsync(options, CancellationToken.None))
            .Should().ThrowAsync<OrchestratorException>()).Which;

        refusal.Code.Should().Be(OrchestratorException.FolderNotUsable);
        File.Delete(file);
    }

    [Fact]
    public async Task It_runs_until_it_is_cancelled()
    {
        string folder = Directory.CreateTempSubdirectory("orchestrator-").FullName;
        using CancellationTokenSource stop = new();
        TaskCompletionSource<string> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        OrchestratorOptions options = new() { DataFolder = folder, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };

        Task running = OrchestratorHost.RunAsync(options, started.SetResult, stop.Token);
        string address = await started.Task.DefaultTimeout();
        await stop.CancelAsync();
        await running.DefaultTimeout();

        address.Should().StartWith("http://127.0.0.1:");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Open_streams_are_told_when_it_stops()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using ScriptedRig rig = await bench.ConnectAsync();
        string cycle = await bench.SubmitAsync("ONE");
        using AsyncServerStreamingCall<CycleUpdate> watching = bench.Client.WatchCycle(new WatchCycleRequest { CycleId = cycle });
        await watching.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout();

        Task<RpcException> watchReading = ReadToFailureAsync(watching.ResponseStream);
        await bench.Host.DisposeAsync().AsTask().DefaultTimeout();
        Status rigEnd = await rig.ReadStatusAsync();
        Status watchEnd = (await watchReading.DefaultTimeout()).Status;

        rigEnd.Should().Be(new Status(StatusCode.Unavailable, "the orchestrator is stopping; reconnect when it is back"));
        watchEnd.StatusCode.Should().Be(StatusCode.Unavailable);
        watchEnd.Detail.Should().Contain("stopping").And.Contain(cycle);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_cycle_goes_on_and_no_event_is_lost_or_doubled()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        const int Cases = 6;
        string cycle;
        Lease cut;
        await using (ScriptedRig before = await bench.ConnectAsync())
        {
            cycle = await bench.SubmitAsync([.. Enumerable.Range(1, Cases).Select(number => $"CASE-{number}")]);
            await before.RunAsync(await before.ReadLeaseAsync(), Verdict.Passed);
            cut = await before.ReadLeaseAsync();
            await before.SendAsync(Samples.Started(cut), Samples.StepStarted(cut, 2));
            await before.ReadAckAsync();
            await bench.RestartAsync();
        }

        // The rig kept its journal: it sends everything that it cannot know to be durable again, and goes on.
        await using ScriptedRig after = await bench.ConnectAsync(Samples.Hello(held: Samples.Held(cut, isRunning: true, highWater: 3)));
        await after.SendAsync(Samples.Whole(cut, Verdict.Passed)[..3]);
        await after.SendAsync(Samples.Whole(cut, Verdict.Passed));
        foreach (int _ in Enumerable.Range(3, Cases - 2))
        {
            await after.RunAfterAcksAsync(await after.ReadLeaseAsync());
        }

        CycleDetail detail = await bench.GetAsync(cycle);

        detail.Cycle.State.Should().Be(CycleState.Complete);
        detail.Cycle.Passed.Should().Be(Cases);
        detail.Executions.Should().OnlyContain(execution => execution.Attempts == 1);
        bench.CountStored("event").Should().Be(Cases * 4);
        bench.CountStored("step").Should().Be(Cases);
    }

    [Fact]
    public async Task Rigs_and_cycles_are_known_after_a_restart_before_anybody_connects()
    {
        await using OrchestratorBench bench = await OrchestratorBench.StartAsync();
        await using (ScriptedRig rig = await bench.ConnectAsync())
        {
            await bench.SubmitAsync("ONE");
            await rig.ReadLeaseAsync();
            await bench.RestartAsync();
        }

        ListRigsReply rigs = await bench.Client.ListRigsAsync(new ListRigsRequest()).ResponseAsync.DefaultTimeout();
        ListCyclesReply cycles = await bench.Client.ListCyclesAsync(new ListCyclesRequest()).ResponseAsync.DefaultTimeout();

        Rig shown = rigs.Rigs.Should().ContainSingle().Subject;
        shown.Online.Should().BeFalse();
        shown.RunningCase.Should().Be("ONE", "the lease outlives the orchestrator");
        shown.Devices.Should().ContainSingle().Which.Id.Should().Be("esme-01");
        cycles.Cycles.Should().ContainSingle().Which.State.Should().Be(CycleState.Running);
    }

    private static Task<RpcException> ReadToFailureAsync(IAsyncStreamReader<CycleUpdate> updates) =>
        Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await updates.MoveNext(CancellationToken.None).DefaultTimeout())
            {
            }
        });
}
