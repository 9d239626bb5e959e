using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Esme;

public sealed class HostileInputTests
{
    private const int Seed = 20261122;

    // Every second session agrees on general blocks.
    private static readonly string AarqWithBlocks =
        EsmeFixture.AarqLls.Replace("0400007E1F04B0", "0400207E1F0040", StringComparison.Ordinal);

    private static readonly int Inputs = TestSize.Of(suite: 50_000, large: 10_000_000);

    [Fact]
    public void Hostile_frames_do_not_kill_the_meter()
    {
        EsmeFixture fixture = new();
        EsmeModel model = EsmeFixture.DefaultModel() with { HasGeneralBlocks = true, GeneralBlockWindow = 3 };
        VirtualEsme meter = new("esme-01", model, fixture.Time);
        Random random = new(Seed);
        byte[][] apdus = [.. Apdus()];
        byte[][] frames = [.. ThirdPartyVectors.Layer("hdlc-frame"), .. ThirdPartyVectors.Layer("hdlc-segmentation")];

        for (int turn = 0; turn < Inputs; turn++)
        {
            meter.Step(NextInput(random, turn, apdus, frames));
            if (turn % 50 == 0)
            {
                fixture.Time.Advance(TimeSpan.FromSeconds(1));
                meter.Step([]);
            }
        }

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        meter.Step([]);
        ClientFrames.Parse(meter.Step(ClientFrames.Snrm()).Span).Single().Control.Should().Be(0x73, "seed {0}", Seed);
        ScriptedClient client = new(octets => meter.Step(octets).ToArray());
        client.Connect();
        client.Send(EsmeFixture.AarqLls).Should().StartWith("6129");
        client.Send("C001C100030100010800FF0200").Should().StartWith("C401C10006");
        meter.Counters.FramesForUs.Should().BeGreaterThan(Inputs / 4, "a test that never gets past the checksum shows nothing");
        meter.Counters.BadFrames.Should().BeGreaterThan(Inputs / 10);
    }

    private static IEnumerable<byte[]> Apdus() =>
    [
        .. ThirdPartyVectors.Layer("acse"),
        .. ThirdPartyVectors.Layer("xdlms"),
        .. ThirdPartyVectors.Layer("xdlms-error"),
        .. ThirdPartyVectors.Layer("gbt"),
        .. ThirdPartyVectors.Layer("security"),
        Convert.FromHexString("C001C1000F0000280000FF0200"),
        Convert.FromHexString("C002C100000001"),
        Convert.FromHexString("E04300010000" + "04" + "C301C100"),
        Convert.FromHexString("E04300020000" + "07" + "0900000A006AFF"),
        Convert.FromHexString("E08300030000" + "05" + "0101120034"),
        Convert.FromHexString("E08300010001" + "00"),
        Convert.FromHexString("C303C102000900000A006AFF01000900000A0099FF0102120034120034"),
        Convert.FromHexString("C301C1000900000A006AFF0101120034"),
        Convert.FromHexString("C304C1000900000A006AFF01000000000101" + "12"),
        Convert.FromHexString(CosemRequests.Set(
            20, "0-0:13.0.0.255", 9, "010102021101010102030904000000000906" + "00000A0064FF" + "120003")),
        Convert.FromHexString(CosemRequests.Set(113, "0-0:19.20.0.255", 6,
            "020302020F030FFC0203120003" + "09060100010800FF" + "0F02" + "01010202090101" + "1003E8")),
        Convert.FromHexString(CosemRequests.Act(115, "0-0:19.40.0.255", 1, CosemRequests.Text("12345678901234567890"))),
        Convert.FromHexString(CosemRequests.Set(71, "0-0:17.0.0.255", 4, "0600001388")),
        Convert.FromHexString(CosemRequests.Set(22, "0-0:15.0.0.255", 4, "010102020904000000000905FFFFFF01FF")),
        Convert.FromHexString(CosemRequests.Act(11, "0-1:11.0.0.255", 1, "02031200010905FFFF0105FF1102")),
        Convert.FromHexString(CosemRequests.Act(112, "0-0:19.10.0.255", 2, "0500001388")),
        Convert.FromHexString(CosemRequests.Get(7, "1-0:99.1.0.255", 2)),
        Convert.FromHexString("C104C10200080000010000FF020000080000010000FF020002090C07E50118FF0E303950FFC4000900"),
    ];

    private static byte[] NextInput(Random random, int turn, byte[][] apdus, byte[][] frames)
    {
        // A session starts anew now and then, so that the mutated services meet an open association.
        switch (turn % 40)
        {
            case 0:
                return ClientFrames.Snrm(ClientFrames.ManagementClient);
            case 1:
                string request = turn % 80 < 40 ? EsmeFixture.AarqLls : AarqWithBlocks;
                return ClientFrames.Information(0, 0, "E6E600" + request, ClientFrames.ManagementClient);
        }

        int sequence = (turn % 40) - 1;
        switch (random.Next(6))
        {
            case 0:
                byte[] noise = new byte[random.Next(1, 300)];
                random.NextBytes(noise);
                return noise;
            case 1:
                return Mutate(random, frames[random.Next(frames.Length)]);
            case 2:
                byte[] information = new byte[random.Next(0, 40)];
                random.NextBytes(information);
                return ClientFrames.Frame("03", ClientFrames.ManagementClient, (byte)random.Next(256), Convert.ToHexString(information));
            default:
                byte[] apdu = apdus[random.Next(apdus.Length)];
                byte[] mutated = random.Next(2) == 0 ? apdu : Mutate(random, apdu);
                string message = "E6E600" + Convert.ToHexString(mutated.AsSpan(0, Math.Min(mutated.Length, 120)));
                bool isSegmented = random.Next(10) == 0;
                return ClientFrames.Information(sequence % 8, random.Next(8), message, ClientFrames.ManagementClient, isSegmented);
        }
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        List<byte> octets = [.. original];
        for (int change = random.Next(1, 4); change > 0 && octets.Count > 1; change--)
        {
            int at = random.Next(octets.Count);
            switch (random.Next(4))
            {
                case 0:
                    octets[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 2:
                    octets.RemoveAt(at);
                    break;
                default:
                    octets.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. octets];
    }
}
