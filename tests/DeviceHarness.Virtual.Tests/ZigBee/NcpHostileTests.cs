using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Ncp;
using DeviceHarness.Virtual.ZigBee.Radio;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Virtual.Tests.ZigBee;

/// <summary>What comes from a broken or hostile host never throws, and the adapter answers the next sound one.</summary>
public sealed class NcpHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_124;
    private const int LongestParameters = 90;

    private static readonly int Frames = TestSize.Of(suite: 4_000, large: 2_000_000);
    private static readonly EzspFrameId[] Ids = [.. Enum.GetValues<EzspFrameId>()];

    [Theory]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(14)]
    public void Any_command_with_any_parameters_is_survived(byte version)
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        ManualTimeProvider time = new();
        NcpClient host = new(NcpSamples.Model(version, NcpSamples.Device()), time: time);
        host.Negotiate();
        host.Form();
        EzspNcp ncp = host.Ncp.Ncp;
        TimeSpan now = TimeSpan.FromHours(1);

        for (int round = 0; round < Frames; round++)
        {
            EzspFrameId id = Ids[random.Next(Ids.Length)];
            byte[] frame = new byte[EzspHeader.OctetCount(EzspHeaderForm.Extended) + random.Next(LongestParameters)];
            random.NextBytes(frame);
            EzspHeader.Encode(new EzspHeader { Sequence = (byte)round, FrameId = id }, EzspHeaderForm.Extended, frame, out _);
            now += TimeSpan.FromMilliseconds(random.Next(50));

            ncp.OnFrame(frame, now);
            ncp.Run(now);
        }

        host.Reset();
        host.Negotiate().ProtocolVersion.Should().Be(version);
    }

    [Fact]
    public void Noise_on_the_line_is_survived_and_a_reset_answered()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        ManualTimeProvider time = new();
        VirtualNcp ncp = new("ncp", NcpSamples.Model(), time);
        byte[] frame = AshLine.Write(AshControl.Data(0, 0), 0, 0, 0, 13);
        for (int round = 0; round < Frames; round++)
        {
            byte[] octets = round % 2 == 0 ? new byte[random.Next(60)] : [.. frame];
            if (round % 2 == 0)
            {
                random.NextBytes(octets);
            }
            else
            {
                octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
            }

            ncp.Step(octets);
            time.Advance(TimeSpan.FromMilliseconds(random.Next(500)));
        }

        byte[] reset = [AshOctets.XOn, AshOctets.Cancel, .. AshLine.Write(AshControl.Reset)];
        AshLine.Texts(ncp.Step(reset).ToArray()).Should().Equal("RSTACK: 020B");
    }

    [Fact]
    public void A_radio_takes_no_more_nodes_than_it_holds()
    {
        SimulatedRadio radio = new(1, new RadioOptions());
        Action adding = () =>
        {
            for (ulong node = 1; node <= SimulatedRadio.MaximumNodes + 1; node++)
            {
                _ = new Virtual.ZigBee.Devices.VirtualHanDevice(NcpSamples.Device(node), radio, () => DateTimeOffset.UnixEpoch);
            }
        };

        adding.Should().Throw<ArgumentException>();
        radio.Nodes.Should().HaveCount(SimulatedRadio.MaximumNodes);
    }
}
