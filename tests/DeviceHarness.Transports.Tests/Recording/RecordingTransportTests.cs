using DeviceHarness.Abstractions.Wire;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Memory;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Recording;

public sealed class RecordingTransportTests : TransportContract
{
    [Fact]
    public async Task Everything_that_passes_is_recorded_in_order_with_rising_stamps()
    {
        WireLog log = new();
        await using MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        await using RecordingTransport transport = new(pair.Near, log);

        _ = await transport.WriteAsync("C0 01".Octets(), CancellationToken.None);
        _ = await pair.Far.WriteAsync("C4 01 C1".Octets(), CancellationToken.None);
        _ = await transport.ReadAsync(new byte[2], Waits.Bound, CancellationToken.None);
        _ = await transport.ReadAsync(new byte[2], Waits.Bound, CancellationToken.None);
        IReadOnlyList<WireRecord> records = log.Since(0, out long lost);

        lost.Should().Be(0);
        records.Select(record => (record.Port, record.Direction, Convert.ToHexString(record.Octets.Span))).Should().Equal(
            ("esme-01", WireDirection.ToDevice, "C001"),
            ("esme-01", WireDirection.FromDevice, "C401"),
            ("esme-01", WireDirection.FromDevice, "C1"));
        records.Select(record => record.Timestamp).Should().BeInAscendingOrder();
    }

    [Fact]
    public async Task A_read_that_waited_is_recorded_and_a_time_out_is_not()
    {
        WireLog log = new();
        await using MemoryTransportPair pair = MemoryTransportPair.Create("esme-01");
        await using RecordingTransport transport = new(pair.Near, log);

        _ = await transport.ReadAsync(new byte[8], TimeSpan.Zero, CancellationToken.None);
        Task read = transport.ReadAsync(new byte[8], Waits.Bound, CancellationToken.None).AsTask();
        _ = await pair.Far.WriteAsync("0102".Octets(), CancellationToken.None);
        await read.DefaultTimeout();

        log.Since(0, out _).Should().ContainSingle().Which.Octets.ToArray().ShouldBeHex("01 02");
    }

    protected override TransportEnds Open()
    {
        MemoryTransportPair pair = MemoryTransportPair.Create();
        return new TransportEnds(new RecordingTransport(pair.Near, new WireLog()), pair.Far, () =>
        {
            pair.HangUp();
            return ValueTask.CompletedTask;
        });
    }
}
