using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Transports.Recording;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Recording;

public sealed class WireLogTests
{
    [Fact]
    public void A_full_log_drops_the_oldest_records_and_counts_them()
    {
        WireLog log = new(capacityRecords: 3);

        for (int index = 0; index < 5; index++)
        {
            log.Append(Record(index, 1));
        }

        IReadOnlyList<WireRecord> all = log.Since(0, out long lost);
        IReadOnlyList<WireRecord> newest = log.Since(4, out long lostSince4);

        lost.Should().Be(2);
        all.Select(record => record.Timestamp).Should().Equal(2, 3, 4);
        lostSince4.Should().Be(0);
        newest.Should().ContainSingle();
        log.Since(log.Position, out _).Should().BeEmpty();
    }

    [Fact]
    public void The_octets_are_bounded_too_and_the_newest_record_always_stays()
    {
        WireLog log = new(capacityOctets: 10);

        log.Append(Record(0, 6));
        log.Append(Record(1, 6));
        log.Append(Record(2, 100));

        log.Since(0, out long lost).Should().ContainSingle().Which.Timestamp.Should().Be(2);
        lost.Should().Be(2);
    }

    [Fact]
    public void A_position_that_never_was_is_refused()
    {
        WireLog log = new();

        Action ask = () => log.Since(1, out _);

        ask.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static WireRecord Record(long stamp, int octets) => new("port", WireDirection.ToDevice, stamp, new byte[octets]);
}
