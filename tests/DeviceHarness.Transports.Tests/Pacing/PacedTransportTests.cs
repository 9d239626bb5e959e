using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Pacing;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Pacing;

/// <summary>The contract holds on a paced line too; the rate is high so that a megabyte takes a second.</summary>
public sealed class PacedTransportTests : TransportContract
{
    [Fact]
    public async Task No_octet_leaves_before_a_real_line_would_have_carried_it()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using PacedTransport device = new(pair.Near, new LineRate(9600, 10), new PacingSettings { Lead = TimeSpan.Zero });

        TransportWrite write = await device.WriteAsync(new byte[64], CancellationToken.None);
        int arrived = (await ReadExactlyAsync(pair.Far, 64)).Length;

        arrived.Should().Be(64);
        (write.Completed - write.Started).Should().BeGreaterThanOrEqualTo(Stopwatch.Frequency * 640 / 9600);
    }

    [Fact]
    public async Task No_octet_arrives_before_a_real_line_would_have_brought_it()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using PacedTransport device = new(pair.Near, new LineRate(9600, 10), new PacingSettings { Lead = TimeSpan.Zero });

        TransportWrite write = await pair.Far.WriteAsync(new byte[30], CancellationToken.None);
        _ = await ReadExactlyAsync(device, 29);
        TransportRead last = await device.ReadAsync(new byte[1], Waits.Bound, CancellationToken.None);

        (last.Timestamp - write.Started).Should().BeGreaterThanOrEqualTo(Stopwatch.Frequency * 300 / 9600);
    }

    [Fact]
    public async Task Frames_written_one_after_the_other_follow_each_other_on_the_line()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using PacedTransport device = new(pair.Near, new LineRate(19200, 10));

        TransportWrite first = await device.WriteAsync(new byte[32], CancellationToken.None);
        TransportWrite second = await device.WriteAsync(new byte[32], CancellationToken.None);

        (second.Started - first.Started).Should().BeGreaterThanOrEqualTo(Stopwatch.Frequency * 320 / 19200);
    }

    [Fact]
    public async Task A_change_of_rate_holds_for_the_next_frame()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using PacedTransport device = new(pair.Near, LineRate.None, new PacingSettings { Lead = TimeSpan.Zero });

        device.ChangeRate(new LineRate(9600, 10));
        TransportWrite write = await device.WriteAsync(new byte[32], CancellationToken.None);

        device.Rate.Baud.Should().Be(9600);
        (write.Completed - write.Started).Should().BeGreaterThanOrEqualTo(Stopwatch.Frequency * 320 / 9600);
    }

    [Fact]
    public async Task A_change_of_the_line_is_a_change_of_rate()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        await using PacedTransport device = new(pair.Near, new LineRate(300, 10));

        device.TryChangeLine(new LineSetting(9600, SerialFormat.EightNone1)).Should().BeTrue();

        device.Rate.Should().Be(new LineRate(9600, 10));
        pair.Near.TryChangeLine(new LineSetting(9600, SerialFormat.EightNone1)).Should().BeFalse("memory has no rate");
    }

    [Fact]
    public async Task Disposing_ends_a_long_frame()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        PacedTransport device = new(pair.Near, new LineRate(300, 10));

        Task write = device.WriteAsync(new byte[10_000], CancellationToken.None).AsTask();
        _ = await ReadExactlyAsync(pair.Far, 1);
        await device.DisposeAsync();
        Func<Task> wait = () => write.DefaultTimeout();

        _ = await wait.Should().ThrowAsync<TransportException>();
    }

    protected override TransportEnds Open()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        return new TransportEnds(new PacedTransport(pair.Near, new LineRate(12_000_000, 10)), pair.Far, () =>
        {
            pair.HangUp();
            return ValueTask.CompletedTask;
        });
    }
}
