using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests;

/// <summary>What every transport must do, whatever carries the octets.</summary>
public abstract class TransportContract
{
    private const int BulkOctets = 1024 * 1024;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    protected abstract TransportEnds Open();

    [Fact]
    public async Task Octets_arrive_as_they_were_written()
    {
        await using TransportEnds ends = Open();

        _ = await ends.Near.WriteAsync("7E A0 07 03 21 93 0F 01 7E".Octets(), CancellationToken.None);
        byte[] arrived = await ReadExactlyAsync(ends.Far, 9);

        arrived.ShouldBeHex("7E A0 07 03 21 93 0F 01 7E");
    }

    [Fact]
    public async Task A_read_that_waits_gets_what_comes()
    {
        await using TransportEnds ends = Open();
        byte[] target = new byte[16];

        Task<TransportRead> read = ends.Near.ReadAsync(target, Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        TransportWrite write = await ends.Far.WriteAsync("01 02 03".Octets(), CancellationToken.None);
        TransportRead got = await read.DefaultTimeout();

        got.Count.Should().BeInRange(1, 3);
        got.Timestamp.Should().BeGreaterThanOrEqualTo(write.Started);
        target[0].Should().Be(1);
    }

    [Fact]
    public async Task A_read_smaller_than_what_came_leaves_the_rest()
    {
        await using TransportEnds ends = Open();
        byte[] target = new byte[2];

        _ = await ends.Far.WriteAsync("01 02 03".Octets(), CancellationToken.None);
        TransportRead first = await ends.Near.ReadAsync(target.AsMemory(0, 1), Waits.Bound, CancellationToken.None);
        byte[] rest = await ReadExactlyAsync(ends.Near, 2);

        first.Count.Should().Be(1);
        target[0].Should().Be(1);
        rest.ShouldBeHex("02 03");
    }

    [Fact]
    public async Task A_read_times_out_when_nothing_comes()
    {
        await using TransportEnds ends = Open();

        TransportRead read = await ends.Near.ReadAsync(new byte[4], Soon, CancellationToken.None).AsTask().DefaultTimeout();

        read.TimedOut.Should().BeTrue();
    }

    [Fact]
    public async Task A_read_without_a_wait_times_out_at_once_when_nothing_is_there()
    {
        await using TransportEnds ends = Open();

        ValueTask<TransportRead> read = ends.Near.ReadAsync(new byte[4], TimeSpan.Zero, CancellationToken.None);

        (await read.AsTask().DefaultTimeout()).TimedOut.Should().BeTrue();
    }

    [Fact]
    public async Task Reads_after_a_time_out_work_and_time_out_again()
    {
        await using TransportEnds ends = Open();
        byte[] target = new byte[4];

        TransportRead first = await ends.Near.ReadAsync(target, Soon, CancellationToken.None).AsTask().DefaultTimeout();
        _ = await ends.Far.WriteAsync("AA".Octets(), CancellationToken.None);
        TransportRead second = await ends.Near.ReadAsync(target, Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
        TransportRead third = await ends.Near.ReadAsync(target, Soon, CancellationToken.None).AsTask().DefaultTimeout();

        first.TimedOut.Should().BeTrue();
        second.Count.Should().Be(1);
        third.TimedOut.Should().BeTrue();
    }

    [Fact]
    public async Task A_cancelled_read_loses_no_octet()
    {
        await using TransportEnds ends = Open();
        using CancellationTokenSource cancellation = new();

        Task<TransportRead> read = ends.Near.ReadAsync(new byte[4], Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Func<Task> wait = () => read.DefaultTimeout();
        _ = await wait.Should().ThrowAsync<OperationCanceledException>();
        _ = await ends.Far.WriteAsync("01 02 03 04".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(ends.Near, 4)).ShouldBeHex("01 02 03 04");
    }

    [Fact]
    public async Task Octets_that_race_with_cancellation_are_all_read_in_order()
    {
        await using TransportEnds ends = Open();
        List<byte> got = [];
        byte[] target = new byte[8];

        for (int round = 0; round < 200; round++)
        {
            using CancellationTokenSource cancellation = new();
            Task<TransportRead> read = ends.Near.ReadAsync(target, Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();
            Task cancel = Task.Run(cancellation.Cancel);
            _ = await ends.Far.WriteAsync(new[] { (byte)round }, CancellationToken.None);
            await cancel.DefaultTimeout();
            try
            {
                got.AddRange(target[..(await read.DefaultTimeout()).Count]);
            }
            catch (OperationCanceledException)
            {
                got.Count.Should().BeLessThanOrEqualTo(round);
            }
        }

        got.AddRange(await ReadExactlyAsync(ends.Near, 200 - got.Count));

        got.Should().Equal(Enumerable.Range(0, 200).Select(value => (byte)value));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_reads_nothing()
    {
        await using TransportEnds ends = Open();
        using CancellationTokenSource cancellation = new();
        await cancellation.CancelAsync();

        Func<Task> read = async () => await ends.Near.ReadAsync(new byte[4], Waits.Bound, cancellation.Token);

        _ = await read.Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task A_hang_up_ends_a_waiting_read_with_an_error_that_names_the_port()
    {
        await using TransportEnds ends = Open();

        Task<TransportRead> read = ends.Near.ReadAsync(new byte[4], Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        await ends.HangUp();
        Func<Task> wait = () => read.DefaultTimeout();

        TransportException error = (await wait.Should().ThrowAsync<TransportException>()).Which;
        error.Code.Should().Be("TRAN-004");
        error.Port.Should().Be(ends.Near.Name);
    }

    [Fact]
    public async Task What_came_before_a_hang_up_is_read_first()
    {
        await using TransportEnds ends = Open();

        _ = await ends.Far.WriteAsync("0A 0B 0C".Octets(), CancellationToken.None);
        await ends.HangUp();
        byte[] arrived = await ReadExactlyAsync(ends.Near, 3);
        Func<Task> next = () => ends.Near.ReadAsync(new byte[4], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();

        arrived.ShouldBeHex("0A 0B 0C");
        _ = await next.Should().ThrowAsync<TransportException>();
    }

    [Fact]
    public async Task A_write_after_a_hang_up_fails()
    {
        await using TransportEnds ends = Open();
        await ends.HangUp();
        Func<Task> read = () => ends.Near.ReadAsync(new byte[4], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
        _ = await read.Should().ThrowAsync<TransportException>();

        Func<Task> write = async () => await ends.Near.WriteAsync("01".Octets(), CancellationToken.None);

        _ = await write.Should().ThrowAsync<TransportException>();
    }

    [Fact]
    public async Task Disposing_ends_a_waiting_read()
    {
        await using TransportEnds ends = Open();

        Task<TransportRead> read = ends.Near.ReadAsync(new byte[4], Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        await ends.Near.DisposeAsync();
        Func<Task> wait = () => read.DefaultTimeout();

        (await wait.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-005");
    }

    [Fact]
    public async Task Disposing_twice_does_no_harm_and_later_use_is_an_error()
    {
        await using TransportEnds ends = Open();

        await ends.Near.DisposeAsync();
        await ends.Near.DisposeAsync();
        Func<Task> read = async () => await ends.Near.ReadAsync(new byte[4], Waits.Bound, CancellationToken.None);
        Func<Task> write = async () => await ends.Near.WriteAsync("01".Octets(), CancellationToken.None);
        Action discard = ends.Near.DiscardInput;

        (await read.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-005");
        (await write.Should().ThrowAsync<TransportException>()).Which.Code.Should().Be("TRAN-005");
        discard.Should().Throw<TransportException>();
    }

    [Fact]
    public async Task Discarded_octets_are_not_read()
    {
        await using TransportEnds ends = Open();
        _ = await ends.Far.WriteAsync("01 02 03 04".Octets(), CancellationToken.None);
        _ = await ends.Near.ReadAsync(new byte[1], Waits.Bound, CancellationToken.None).AsTask().DefaultTimeout();
        _ = await ReadExactlyAsync(ends.Near, 1);

        ends.Near.DiscardInput();
        _ = await ends.Far.WriteAsync("55".Octets(), CancellationToken.None);

        (await ReadExactlyAsync(ends.Near, 1)).ShouldBeHex("55");
    }

    [Fact]
    public async Task A_megabyte_goes_both_ways_at_once_in_order()
    {
        await using TransportEnds ends = Open();
        byte[] outward = Pattern(1);
        byte[] inward = Pattern(2);

        Task sendOut = Task.Run(async () => await ends.Near.WriteAsync(outward, CancellationToken.None));
        Task sendIn = Task.Run(async () => await ends.Far.WriteAsync(inward, CancellationToken.None));
        Task<byte[]> atFar = Task.Run(() => ReadExactlyAsync(ends.Far, BulkOctets));
        Task<byte[]> atNear = Task.Run(() => ReadExactlyAsync(ends.Near, BulkOctets));
        await Task.WhenAll(sendOut, sendIn, atFar, atNear).DefaultTimeout();

        (await atFar).AsSpan().SequenceEqual(outward).Should().BeTrue();
        (await atNear).AsSpan().SequenceEqual(inward).Should().BeTrue();
    }

    [Fact]
    public async Task A_write_that_finds_no_room_can_be_cancelled()
    {
        await using TransportEnds ends = Open();
        using CancellationTokenSource cancellation = new();

        Task write = Task.Run(async () => await ends.Near.WriteAsync(new byte[BulkOctets], cancellation.Token));
        _ = await ReadExactlyAsync(ends.Far, 1);
        await cancellation.CancelAsync();
        Func<Task> wait = () => write.DefaultTimeout();

        _ = await wait.Should().ThrowAsync<OperationCanceledException>();
    }

    protected static async Task<byte[]> ReadExactlyAsync(IByteTransport transport, int count)
    {
        byte[] octets = new byte[count];
        int have = 0;
        while (have < count)
        {
            TransportRead read = await transport.ReadAsync(octets.AsMemory(have), Waits.Bound, CancellationToken.None)
                .AsTask().DefaultTimeout();
            read.TimedOut.Should().BeFalse("{0} of {1} octets came", have, count);
            have += read.Count;
        }

        return octets;
    }

    private static byte[] Pattern(int seed)
    {
        byte[] octets = new byte[BulkOctets];
        new Random(seed).NextBytes(octets);
        return octets;
    }
}
