using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Recording;

public sealed class ReplayTransportTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly ReplayClock _clock = new(Noon);

    [Fact]
    public async Task What_came_then_comes_again_after_what_was_written_then()
    {
        await using ReplayTransport line = Line(Written(1, "7E01"), Came(2, "7E02"), Came(3, "7E03"));
        byte[] target = new byte[8];

        await line.WriteAsync("7E01".Octets(), CancellationToken.None);
        TransportRead first = await line.ReadAsync(target.AsMemory(0, 1), TimeSpan.FromSeconds(1), CancellationToken.None);
        TransportRead rest = await line.ReadAsync(target.AsMemory(1), TimeSpan.FromSeconds(1), CancellationToken.None);
        DateTimeOffset afterFirst = _clock.GetUtcNow();
        TransportRead second = await line.ReadAsync(target.AsMemory(2), TimeSpan.FromSeconds(1), CancellationToken.None);

        (first.Count, rest.Count, second.Count).Should().Be((1, 1, 2));
        target.AsSpan(0, 4).ToArray().ShouldBeHex("7E02 7E03");
        afterFirst.Should().Be(Noon + TimeSpan.FromSeconds(2));
        line.Difference.Should().BeNull();
        line.RemainingOctets.Should().Be(0);
    }

    [Theory]
    [InlineData(5, 9)]
    [InlineData(10, 10)]
    public async Task A_wait_in_which_nothing_came_times_out_at_once_and_moves_the_clock_to_what_was_written_next(int written, int expected)
    {
        await using ReplayTransport line = Line(Written(written, "7E01"));

        TransportRead read = await line.ReadAsync(new byte[4], TimeSpan.FromSeconds(9), CancellationToken.None);

        read.TimedOut.Should().BeTrue();
        _clock.GetUtcNow().Should().Be(Noon + TimeSpan.FromSeconds(expected));
    }

    [Theory]
    [InlineData("7E0199", "differs at octet 3 to the device, octet 1 of a write: recorded 7E0222, replayed 7E0199")]
    [InlineData("7E02", "differs at octet 4")]
    [InlineData("7E022233", "differs at octet 5")]
    public async Task The_first_octet_that_differs_is_told_with_its_offset(string second, string expected)
    {
        await using ReplayTransport line = Line(Written(1, "7E01"), Written(2, "7E0222"));
        await line.WriteAsync("7E01".Octets(), CancellationToken.None);

        TransportException broken = (await FluentActions
            .Awaiting(() => line.WriteAsync(second.Octets(), CancellationToken.None).AsTask())
            .Should().ThrowAsync<TransportException>()).Which;

        broken.Code.Should().Be("REPLAY-001");
        line.Difference.Should().StartWith("esme-01: ").And.Contain(expected);
    }

    [Fact]
    public async Task What_the_record_does_not_tell_may_be_anything_and_what_may_differ_is_counted()
    {
        ReplayPiece masked = new(WireDirection.ToDevice, Noon, "7E00".Octets(), [true, false]);
        await using ReplayTransport line = Line(masked, Written(1, "C101"));

        await line.WriteAsync("7E55".Octets(), CancellationToken.None);
        await line.WriteAsync("C102".Octets(), CancellationToken.None);

        line.Difference.Should().BeNull();
        line.AllowedDifferences.Should().Be(1);
    }

    [Fact]
    public async Task A_write_where_the_record_has_none_breaks_the_line()
    {
        await using ReplayTransport line = Line(Came(1, "7E01"));
        await using ReplayTransport empty = Line();

        await FluentActions.Awaiting(() => line.WriteAsync("7E".Octets(), CancellationToken.None).AsTask())
            .Should().ThrowAsync<TransportException>();
        await FluentActions.Awaiting(() => empty.WriteAsync("7E".Octets(), CancellationToken.None).AsTask())
            .Should().ThrowAsync<TransportException>();

        line.Difference.Should().Contain("octets from the device");
        empty.Difference.Should().Contain("where the record ends");
    }

    private static ReplayPiece Written(int second, string hex) => Piece(WireDirection.ToDevice, second, hex);

    private static ReplayPiece Came(int second, string hex) => Piece(WireDirection.FromDevice, second, hex);

    private static ReplayPiece Piece(WireDirection direction, int second, string hex) => new(
        direction, Noon + TimeSpan.FromSeconds(second), hex.Octets(), [.. hex.Octets().Select(_ => true)]);

    /// <summary>A line on which what begins with C1 may differ.</summary>
    private ReplayTransport Line(params ReplayPiece[] pieces)
    {
        ReplayTransport line = new("esme-01", _clock, (recorded, _) => recorded.Span[0] == 0xC1);
        line.Load(pieces);
        return line;
    }
}
