using DeviceHarness.TestKit;
using DeviceHarness.Transports.Posix;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Posix;

public sealed class ReceiveBufferTests
{
    [Fact]
    public void Pieces_keep_their_own_stamps()
    {
        ReceiveBuffer buffer = new();
        Add(buffer, "01 02 03", 100);
        Add(buffer, "04", 200);
        byte[] target = new byte[8];

        int first = buffer.Take(target.AsSpan(0, 2), out long firstStamp);
        int second = buffer.Take(target, out long secondStamp);
        byte third = target[0];
        int fourth = buffer.Take(target, out long fourthStamp);

        (first, firstStamp).Should().Be((2, 100));
        (second, secondStamp, third).Should().Be((1, 100, 3));
        (fourth, fourthStamp, target[0]).Should().Be((1, 200, 4));
        buffer.Take(target, out _).Should().Be(0);
    }

    [Fact]
    public void Octets_stay_in_order_across_the_end_of_the_ring()
    {
        ReceiveBuffer buffer = new();
        byte[] target = new byte[ReceiveBuffer.CapacityOctets];
        byte expected = 0;
        byte next = 0;

        for (int round = 0; round < 5; round++)
        {
            while (!buffer.IsFull)
            {
                Span<byte> stretch = buffer.FreeStretch();
                int count = Math.Min(stretch.Length, 1777);
                for (int index = 0; index < count; index++)
                {
                    stretch[index] = next++;
                }

                buffer.Added(count, round);
            }

            buffer.FreeStretch().Length.Should().Be(0);
            for (int taken = 0; taken < 40_000;)
            {
                int count = buffer.Take(target.AsSpan(0, 999), out _);
                taken += count;
                for (int index = 0; index < count; index++)
                {
                    target[index].Should().Be(expected++);
                }
            }
        }
    }

    [Fact]
    public void Beyond_the_limit_of_pieces_octets_are_joined_and_none_is_lost()
    {
        ReceiveBuffer buffer = new();
        for (int index = 0; index < ReceiveBuffer.CapacityPieces + 10; index++)
        {
            Add(buffer, "55", index);
        }

        int total = 0;
        long last = 0;
        for (int count; (count = buffer.Take(new byte[16], out long stamp)) > 0; last = stamp)
        {
            total += count;
        }

        total.Should().Be(ReceiveBuffer.CapacityPieces + 10);
        last.Should().Be(ReceiveBuffer.CapacityPieces + 9);
    }

    private static void Add(ReceiveBuffer buffer, string hex, long stamp)
    {
        byte[] octets = hex.Octets();
        octets.CopyTo(buffer.FreeStretch());
        buffer.Added(octets.Length, stamp);
    }
}
