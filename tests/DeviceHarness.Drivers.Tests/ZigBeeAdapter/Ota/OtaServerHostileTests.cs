using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.ZigBeeAdapter.Ota;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;
using static DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota.OtaClientByHand;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.Ota;

public sealed class OtaServerHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;

    private static readonly int Rounds = TestSize.Of(suite: 4_000, large: 10_000_000);

    [Fact]
    public void No_request_throws_is_left_without_an_answer_or_gets_octets_of_elsewhere()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        OtaServer server = new(new OtaServerSettings { MaximumDownloads = 3, MinimumBlockPeriod = TimeSpan.FromMilliseconds(20) });
        server.Offer(Offer());
        byte[] image = server.Offers[0].Octets.ToArray();
        byte[][] good = [Query(1), Query(1, 3), Block(48), Block(96, period: 5), Page(0, 200, 10), End(ZclStatus.Success)];
        TimeSpan now = TimeSpan.Zero;
        int blocks = 0;
        for (int round = 0; round < Rounds; round++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(60));
            byte[] payload = Damaged(random, good[random.Next(good.Length)]);
            OtaStep step = server.Receive((ulong)random.Next(600), (OtaCommand)random.Next(12), payload, now);

            step.Answer.Should().NotBeNull();
            blocks += CheckBlock(step.Answer!.Value, image);
            for (OtaStep tick = step; tick.NextTick <= now;)
            {
                tick = server.Tick(now);
                blocks += tick.Answer is { } answer ? CheckBlock(answer, image) : 0;
            }
        }

        blocks.Should().BePositive();
        server.Downloads.Count.Should().BeLessThanOrEqualTo(OtaServerSettings.MaximumClients);
    }

    private static byte[] Damaged(Random random, byte[] good)
    {
        byte[] octets = [.. good[..random.Next(1, good.Length + 1)]];
        if (random.Next(4) == 0)
        {
            octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
        }

        // Most are whole, so that most states are reached.
        return random.Next(3) > 0 ? good : octets;
    }

    private static int CheckBlock(OtaAnswer answer, byte[] image)
    {
        if (answer.Command != OtaCommand.ImageBlockResponse || answer.Payload.Span[0] != 0)
        {
            return 0;
        }

        int offset = BitConverter.ToInt32(answer.Payload.Span[9..13]);
        answer.Payload.Span[14..].SequenceEqual(image.AsSpan(offset, answer.Payload.Length - 14)).Should().BeTrue();
        return 1;
    }
}
