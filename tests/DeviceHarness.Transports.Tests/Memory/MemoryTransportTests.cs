using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Memory;

public sealed class MemoryTransportTests : TransportContract
{
    [Fact]
    public async Task A_time_out_follows_the_clock_of_the_test()
    {
        ManualTimeProvider clock = new();
        await using MemoryTransportPair pair = MemoryTransportPair.Create("memory", clock);

        Task<TransportRead> read = pair.Near.ReadAsync(new byte[4], TimeSpan.FromHours(1), CancellationToken.None).AsTask();
        bool wasWaiting = !read.IsCompleted;
        clock.Advance(TimeSpan.FromHours(1));
        TransportRead got = await read.DefaultTimeout();

        wasWaiting.Should().BeTrue();
        got.TimedOut.Should().BeTrue();
    }

    protected override TransportEnds Open()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        return new TransportEnds(pair.Near, pair.Far, () =>
        {
            pair.HangUp();
            return ValueTask.CompletedTask;
        });
    }
}
