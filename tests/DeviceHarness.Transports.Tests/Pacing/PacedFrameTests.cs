using System.Diagnostics;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Transports.Pacing;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Pacing;

public sealed class PacedFrameTests
{
    private static readonly PacingSettings NoLead = new() { Lead = TimeSpan.Zero };

    [Fact]
    public void The_last_octet_is_due_exactly_at_the_end_of_the_frame()
    {
        PacedFrame frame = new(1000, 64, new LineRate(9600, 10), new PacingSettings());

        frame.End.Should().Be(1000 + (Stopwatch.Frequency * 640 / 9600));
        frame.NextDeadline(63).Should().Be(frame.End);
        frame.DueBy(frame.End).Should().Be(64);
        frame.DueBy(frame.End - 1).Should().Be(63);
    }

    [Fact]
    public void Pieces_are_two_milliseconds_long()
    {
        PacedFrame frame = new(0, 256, new LineRate(115200, 10), NoLead);

        int released = 0;
        int pieces = 0;
        while (released < 256)
        {
            int due = frame.DueBy(frame.NextDeadline(released));
            due.Should().BeGreaterThan(released);
            released = due;
            pieces++;
        }

        pieces.Should().Be(12, "22.2 ms of line time in pieces of 23 octets");
    }

    [Fact]
    public void A_slow_line_releases_octet_by_octet()
    {
        PacedFrame frame = new(0, 3, new LineRate(300, 10), NoLead);

        frame.NextDeadline(0).Should().Be(Stopwatch.Frequency * 10 / 300);
        frame.DueBy(frame.NextDeadline(0)).Should().Be(1);
    }

    [Fact]
    public void A_short_frame_aims_early_by_the_lead_and_a_long_one_does_not()
    {
        PacingSettings settings = new();
        PacedFrame shortFrame = new(0, 8, new LineRate(9600, 10), settings);
        PacedFrame longFrame = new(0, 64, new LineRate(9600, 10), settings);

        (shortFrame.End - shortFrame.NextDeadline(7)).Should().Be(Stopwatch.Frequency * 60 / 1_000_000);
        (longFrame.End - longFrame.NextDeadline(63)).Should().Be(0);
    }
}
