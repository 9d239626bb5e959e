using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Service;

/// <summary>A response that the simulated Service Provider hands on late: its wait ends only when the test says so.</summary>
public sealed class LateResponseTests : IDisposable
{
    private const string Defect = "late-response:delay=7013ms,srv=11.2,times=1";

    private readonly BenchFolder _folder = new();
    private readonly HeldTimeProvider _time = new(TimeSpan.FromMilliseconds(7013));
    private ulong _counter = 1000;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_device_has_done_its_work_while_the_response_is_held_back()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(_time, Defect);
        DuisRequest request = Request(bench, new ReadFirmwareVersion());

        Task<ServiceExchange> late = SendAsync(bench, request);
        await _time.Reached.WaitAsync().DefaultTimeout();
        long octets = bench.Wire.Position;
        RequestStatus? during = bench.Service.StatusOf(request.Id);
        bool wasHeld = !late.IsCompleted;
        _time.Release();
        ServiceExchange exchange = await late.DefaultTimeout();

        wasHeld.Should().BeTrue();
        octets.Should().BePositive();
        during.Should().Be(RequestStatus.InProgress);
        exchange.Response!.Xml.Should().Contain("4.2.0");
        bench.Service.StatusOf(request.Id).Should().Be(RequestStatus.Complete);
        bench.Wire.Position.Should().Be(octets, "a late response asks the device nothing");
    }

    [Fact]
    public async Task The_device_takes_other_requests_meanwhile()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(_time, Defect);
        Task<ServiceExchange> late = SendAsync(bench, Request(bench, new ReadFirmwareVersion()));
        await _time.Reached.WaitAsync().DefaultTimeout();

        ServiceExchange other = await SendAsync(bench, Request(bench, new ReadSupplyStatus())).DefaultTimeout();
        ServiceExchange same = await SendAsync(bench, Request(bench, new ReadFirmwareVersion())).DefaultTimeout();

        other.Response!.ResponseCode.Should().Be("I0");
        same.Response!.ResponseCode.Should().Be("I0", "the defect hits one request");
        late.IsCompleted.Should().BeFalse();
        _time.Release();
        await late.DefaultTimeout();
    }

    [Fact]
    public async Task Whoever_stops_waiting_gets_no_response_and_the_log_never_says_complete()
    {
        await using BenchFolder.ServedBench served = await _folder.ServeAsync();
        await using RigBench bench = _folder.OpenBench(_time, Defect);
        DuisRequest request = Request(bench, new ReadFirmwareVersion());
        using CancellationTokenSource stop = new();
        Task<ServiceExchange> late = bench.Service.SendAsync(DuisRequestWriter.Write(request), stop.Token);
        await _time.Reached.WaitAsync().DefaultTimeout();

        await stop.CancelAsync();
        Func<Task> wait = () => late.DefaultTimeout();

        await wait.Should().ThrowAsync<OperationCanceledException>();
        bench.Service.StatusOf(request.Id).Should().Be(RequestStatus.InProgress);
        ServiceExchange next = await SendAsync(bench, Request(bench, new ReadFirmwareVersion())).DefaultTimeout();
        next.Response!.ResponseCode.Should().Be("I0");
    }

    private static Task<ServiceExchange> SendAsync(RigBench bench, DuisRequest request) =>
        bench.Service.SendAsync(DuisRequestWriter.Write(request), CancellationToken.None);

    private DuisRequest Request(RigBench bench, SrvRequestBody body) =>
        new(new RequestId(bench.UserOf("IS"), bench.Devices[0].Eui64, ++_counter), CommandVariant: 1, body);
}
