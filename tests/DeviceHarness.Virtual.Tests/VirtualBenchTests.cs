using System.Collections.Concurrent;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Tests.Esme;
using DeviceHarness.Virtual.Tests.Hub;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests;

public sealed class VirtualBenchTests
{
    [Fact]
    public async Task A_device_that_fails_is_reported_and_the_others_go_on()
    {
        await using MemoryTransportPair first = MemoryTransportPair.Create("first");
        await using MemoryTransportPair second = MemoryTransportPair.Create("second");
        TaskCompletionSource<(string Name, Exception Error)> fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
        VirtualBench bench = new(
            [Device("first", first), Device("second", second)], TimeProvider.System, (name, error) => fault.TrySetResult((name, error)));
        using CancellationTokenSource stop = new();
        Task run = bench.RunAsync(stop.Token);

        first.HangUp();
        (string failed, Exception why) = await fault.Task.DefaultTimeout();
        byte[] answer = await new LineClient(second.Near).ExchangeAsync(ClientFrames.Snrm());
        await stop.CancelAsync();
        await run.DefaultTimeout();

        failed.Should().Be("first");
        why.Should().BeOfType<TransportException>();
        ClientFrames.Parse(answer).Single().Control.Should().Be(0x73);
    }

    [Fact]
    public async Task A_meter_that_cannot_keep_a_command_stops_instead_of_answering()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        ConcurrentQueue<Exception> faults = [];
        VirtualBench bench = new([Device("esme-01", pair)], TimeProvider.System, (_, error) => faults.Enqueue(error), new FullDisk());
        Task run = bench.RunAsync(CancellationToken.None);
        LineClient line = new(pair.Near);

        await line.ExchangeAsync(ClientFrames.Snrm(ClientFrames.ManagementClient));
        await pair.Near.WriteAsync(
            ClientFrames.Information(0, 0, "E6E600" + EsmeFixture.AarqLls, ClientFrames.ManagementClient), CancellationToken.None);
        await run.DefaultTimeout();

        faults.Should().ContainSingle().Which.Should().BeOfType<IOException>();
        bench.Esmes["esme-01"].Counters.FramesSent.Should().Be(1, "UA and nothing after it");
    }

    [Fact]
    public void Two_devices_of_one_name_are_a_mistake()
    {
        VirtualBenchDevice device = new("esme-01", EsmeFixture.DefaultModel(), null!);

        Action make = () => _ = new VirtualBench([device, device], TimeProvider.System, (_, _) => { });

        make.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task A_hub_of_the_bench_is_fed_by_the_meter_that_is_named()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create("chf-01");
        ManualTimeProvider time = new();
        VirtualBenchDevice meter = new("esme-01", EsmeFixture.DefaultModel(), null!);
        VirtualBenchDevice hub = new("chf-01", HubFixture.Model(time.GetUtcNow()), new VirtualLine(pair.Far)) { SuppliedBy = "esme-01" };
        VirtualBench bench = new([hub, meter], time, (_, error) => throw error);

        bench.Esmes["esme-01"].PowerOff();
        bool isFed = bench.Hubs["chf-01"].IsRunning;
        bench.Esmes["esme-01"].PowerOn();

        isFed.Should().BeFalse();
        bench.Hubs["chf-01"].IsRunning.Should().BeTrue();
    }

    [Fact]
    public void A_hub_that_nobody_of_the_bench_feeds_is_a_mistake()
    {
        VirtualBenchDevice hub = new("chf-01", HubFixture.Model(DateTimeOffset.UnixEpoch), null!) { SuppliedBy = "esme-09" };

        Action make = () => _ = new VirtualBench([hub], TimeProvider.System, (_, _) => { });

        make.Should().Throw<ArgumentException>();
    }

    private static VirtualBenchDevice Device(string name, MemoryTransportPair pair) =>
        new(name, EsmeFixture.DefaultModel(), new VirtualLine(pair.Far));

    private sealed class FullDisk : ICommandLog
    {
        public void Append(CommandRecord command) => throw new IOException("no space left on device");
    }
}
