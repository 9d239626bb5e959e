using DeviceHarness.Codecs.Ash;
using DeviceHarness.Drivers.ZigBeeAdapter.Ash;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ash;

/// <summary>Two machines over a line that damages, drops and doubles frames, and that hears octets of nobody: numbered frames are the same
/// both ways.</summary>
public sealed class AshPairTests(ITestOutputHelper output)
{
    private const int Frames = 200;
    private const int Seed = 20_261_123;

    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Fact]
    public void Every_frame_arrives_once_and_in_order_whatever_the_line_does_to_every_ninth()
    {
        int seeds = TestSize.Of(suite: 10, large: 2_000);
        for (int seed = Seed; seed < Seed + seeds; seed++)
        {
            output.WriteLine($"seed {seed}");
            Random random = new(seed);
            Side left = new(new AshHostLink(new AshHostSettings { WindowFrames = random.Next(1, 6), RepeatRounds = 100 }), _now);
            Side right = new(new AshHostLink(new AshHostSettings { WindowFrames = random.Next(1, 6), RepeatRounds = 100 }), _now);

            for (int turn = 0; left.Arrived.Count < Frames || right.Arrived.Count < Frames; turn++)
            {
                turn.Should().BeLessThan(100_000, $"seed {seed}: the line must not stand still");
                left.Feed(_now);
                right.Feed(_now);
                byte[] toRight = Damage(random, left.TakeSent());
                byte[] toLeft = Damage(random, right.TakeSent());
                right.Hear(toRight, random, _now);
                left.Hear(toLeft, random, _now);
                if (toRight.Length + toLeft.Length == 0)
                {
                    _now = Earliest(left, right);
                    left.Tick(_now);
                    right.Tick(_now);
                }
            }

            left.Arrived.Should().Equal(Enumerable.Range(0, Frames), $"seed {seed}");
            right.Arrived.Should().Equal(Enumerable.Range(0, Frames), $"seed {seed}");
            (left.Link.Counters.Repeated + right.Link.Counters.Repeated).Should().BePositive();
        }
    }

    [Fact]
    public void No_octets_break_the_machine_whatever_its_state()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        AshHostBench bench = new();
        byte[] noise = new byte[64];
        for (int round = 0; round < TestSize.Of(suite: 5_000, large: 5_000_000); round++)
        {
            random.NextBytes(noise);
            byte[] octets = random.Next(4) switch
            {
                0 => noise,
                1 => AshWords.Frame(new AshControl((byte)random.Next(0x80)), noise[..random.Next(3, 20)]),
                2 => AshWords.Frame(AshControl.Nak(random.Next(8))),
                _ => AshWords.ResetAck(random.Next(3) == 0 ? AshResetCode.Assert : AshResetCode.Software),
            };

            bench.Receive(octets);
            if (bench.Link.State == AshHostState.Connected && random.Next(4) == 0 && bench.Last.NextTick is null)
            {
                bench.Send((byte)round);
            }

            bench.Tick(random.Next(3) * 0.5);
            if (bench.Link.State == AshHostState.Down)
            {
                bench.Connect();
            }
        }

        bench.Delivered.Should().NotBeEmpty();
        bench.Link.Counters.Losses.Should().BePositive();
    }

    private static TimeSpan Earliest(Side left, Side right) =>
        left.Next is not TimeSpan first ? right.Next!.Value
        : right.Next is not TimeSpan second || first < second ? first
        : second;

    /// <summary>Every ninth frame or so is damaged, lost or doubled.</summary>
    private static byte[] Damage(Random random, List<byte[]> frames)
    {
        List<byte> line = [];
        foreach (byte[] frame in frames)
        {
            switch (random.Next(27))
            {
                case 0:
                    frame[random.Next(frame.Length)] ^= (byte)(1 << random.Next(8));
                    line.AddRange(frame);
                    break;
                case 1:
                    break;
                case 2:
                    line.AddRange([.. frame, .. frame]);
                    break;
                default:
                    line.AddRange(frame);
                    break;
            }
        }

        return [.. line];
    }

    private sealed class Side
    {
        private readonly List<byte[]> _sent = [];
        private int _next;

        public Side(AshHostLink link, TimeSpan now)
        {
            Link = link;
            Link.Connect(now);
            Take(Link.Receive(AshWords.SoftwareReset, now));
        }

        public AshHostLink Link { get; }

        public TimeSpan? Next { get; private set; }

        /// <summary>The numbers in what was delivered.</summary>
        public List<int> Arrived { get; } = [];

        /// <summary>Gives the machine what it has room for.</summary>
        public void Feed(TimeSpan now)
        {
            for (int burst = 0; burst < 3 && _next < Frames && Link.Counters.Sent > _next - 4; burst++, _next++)
            {
                Take(Link.Send(new[] { (byte)_next, (byte)(_next >> 8), (byte)0x7E, (byte)0x11 }, now));
            }
        }

        /// <summary>Takes what came, in pieces.</summary>
        public void Hear(byte[] octets, Random random, TimeSpan now)
        {
            while (octets.Length > 0)
            {
                int piece = random.Next(1, octets.Length + 1);
                Take(Link.Receive(octets.AsSpan(0, piece), now));
                octets = octets[piece..];
            }
        }

        public void Tick(TimeSpan now) => Take(Link.Tick(now));

        /// <summary>The frames sent since the last call.</summary>
        public List<byte[]> TakeSent()
        {
            List<byte[]> sent = [.. _sent];
            _sent.Clear();
            return sent;
        }

        private void Take(AshHostStep step)
        {
            step.Failure.Should().Be(AshLinkFailure.None);
            Next = step.NextTick;
            while (Link.TryFetch(out ReadOnlyMemory<byte> frame))
            {
                Arrived.Add(frame.Span[0] | (frame.Span[1] << 8));
            }

            ReadOnlySpan<byte> octets = step.Transmit.Span;
            while (octets.IndexOf(AshOctets.Flag) is var end and >= 0)
            {
                _sent.Add(octets[..(end + 1)].ToArray());
                octets = octets[(end + 1)..];
            }
        }
    }
}
