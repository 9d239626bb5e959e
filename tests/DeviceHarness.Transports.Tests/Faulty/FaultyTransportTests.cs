using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Faulty;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Faulty;

/// <summary>The contract holds where no fault is planned.</summary>
public sealed class FaultyTransportTests : TransportContract
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Received_octets_after_a_stall_wait_for_its_end_and_those_before_do_not()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create("memory", _clock);
        await using FaultyTransport near = new(pair.Near, FaultStageTests.Plan("stall@2"), _clock);
        _ = await pair.Far.WriteAsync("01 02 03 04".Octets(), CancellationToken.None);

        byte[] before = await ReadExactlyAsync(near, 2);
        TransportRead early = await near.ReadAsync(new byte[4], TimeSpan.Zero, CancellationToken.None);
        Task<byte[]> after = ReadExactlyAsync(near, 2);
        bool wasHeld = !after.IsCompleted;
        _clock.Advance(TimeSpan.FromSeconds(3));

        before.ShouldBeHex("01 02");
        early.TimedOut.Should().BeTrue();
        wasHeld.Should().BeTrue();
        (await after.DefaultTimeout()).ShouldBeHex("03 04");
    }

    [Fact]
    public async Task Written_octets_are_struck_on_their_way_out()
    {
        List<FaultRecord> faults = [];
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        await using FaultyTransport near = new(
            pair.Near, FaultStageTests.Plan("loss@1,duplicate@2,only=to"), TimeProvider.System, log: faults.Add);

        _ = await near.WriteAsync("01 02".Octets(), CancellationToken.None);
        _ = await near.WriteAsync("03 04".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(pair.Far, 4)).ShouldBeHex("01 03 03 04");
        faults.Select(fault => fault.ToString()).Should().Equal("ToDevice Loss@1", "ToDevice Duplicate@2");
    }

    [Fact]
    public async Task A_planned_hang_up_is_a_port_that_is_gone_on_both_ends()
    {
        await using MemoryTransportPair pair = MemoryTransportPair.Create();
        await using FaultyTransport near = new(pair.Near, FaultStageTests.Plan("hang-up@2,only=from"), TimeProvider.System);
        _ = await pair.Far.WriteAsync("01 02 03".Octets(), CancellationToken.None);

        byte[] before = await ReadExactlyAsync(near, 2);
        Func<Task> read = () => near.ReadAsync(new byte[1], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
        Func<Task> far = () => pair.Far.ReadAsync(new byte[1], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();

        before.ShouldBeHex("01 02");
        (await read.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-004");
        _ = await far.Should().ThrowAsync<TransportException>();
    }

    protected override TransportEnds Open()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        return new TransportEnds(new FaultyTransport(pair.Near, FaultPlan.None, TimeProvider.System), pair.Far, () =>
        {
            pair.HangUp();
            return ValueTask.CompletedTask;
        });
    }
}
