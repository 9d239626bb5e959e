using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Whole captures that were damaged: several messages in a row, ciphered ones with right tags too, read with the keys.</summary>
public sealed class CaptureHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_126;
    private const int MostMessages = 6;

    /// <summary>What one capture of some hundred octets may allocate while it is explained, in octets.</summary>
    private const long MostAllocatedOctets = 4 * 1024 * 1024;

    private static readonly int Rounds = TestSize.Of(suite: 10_000, large: 10_000_000);

    private static readonly CipherKey Encryption = CipherKey.Create("000102030405060708090A0B0C0D0E0F".Octets());
    private static readonly CipherKey Authentication = CipherKey.Create("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF".Octets());
    private static readonly SystemTitle Title = new(0x4D4D4D0000000001);
    private static readonly DecipheringKeys Keys = new([Encryption], [Authentication], [Title]);

    /// <summary>Lists, blocks of every service, notifications and refusals, beside the vectors.</summary>
    private static readonly string[] More =
    [
        "C104C10200080000010000FF0200000F0000280000FF070002090C07E50118FF0E303950FFC400090461626364",
        "C105C10200080000010000FF020000080000010000FF030000000000010502090C07E5",
        "C102C1000F0000280000FF07000000000001040908616263", "C103C10100000002056465666768",
        "C505C1020003", "C303C10200090000 0A006AFF0100090000 0A0099FF0102120034120034",
        "C304C1000900000A006AFF01000000000101 12", "C306C101000000020200 34", "C703C10300000400000100 1107",
        "C402C10000000001000406000013", "C402C1010000000200 0191", "C403C1020011070104",
        "E0010001000006C401C1000905", "E001000200010301 0203", "E08100030001020405", "E0810001000100",
        "C2000003010001 0800FF020600006C20", "0F00000001000600000001", "D8010600000010", "0E060006",
    ];

    [Fact]
    public void No_damaged_capture_throws_runs_away_or_shows_a_key()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] apdus = [.. Apdus()];
        byte[][] lines = [.. SignOnLines()];
        using SecurityContext sender = Sender();
        Random random = new(Seed);
        ExplainOptions options = new(Keys: Keys);
        int faultless = 0;
        long largest = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] capture = Capture(random, apdus, lines, sender);

            long before = GC.GetAllocatedBytesForCurrentThread();
            IReadOnlyList<string> told = FrameExplainer.Explain(capture, options, out bool isWellFormed);
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);

            faultless += isWellFormed ? 1 : 0;

            // The octets of the encryption key count up and stand in recorded values too; those of the other key do not.
            bool isKeyShown = told.Any(line => line.Contains("D0D1D2D3D4D5D6D7D8", StringComparison.OrdinalIgnoreCase));
            if (told.Count is 0 or > FrameExplainer.MaximumLines + 1 || isKeyShown)
            {
                Assert.Fail($"seed {Seed}, round {round}: {told.Count} lines for {Convert.ToHexString(capture)}");
            }
        }

        output.WriteLine($"{faultless} of {Rounds} without a fault; at most {largest} octets allocated");
        faultless.Should().BeInRange(Rounds / 50, Rounds - (Rounds / 50), "damage is found, and not all is damage");
        largest.Should().BeLessThan(MostAllocatedOctets);
    }

    [Fact]
    public void No_damaged_row_of_general_blocks_throws_runs_away_or_makes_an_APDU_over_the_limit()
    {
        const int maximumApduOctets = 512;
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        byte[] apdu = new byte[300];
        byte[] target = new byte[64];
        int received = 0;
        int failed = 0;
        GeneralBlockParty party = Party(maximumApduOctets);
        for (int round = 0; round < Rounds; round++)
        {
            if (round % 16 == 0)
            {
                party = Party(maximumApduOctets);
                if (random.Next(2) == 0)
                {
                    party.Send(apdu.AsMemory(0, random.Next(1, apdu.Length)));
                }
            }

            byte[] block = Block(random);
            GeneralBlockEvent happened = party.Receive(block, out CodecFault fault);

            int transmitted = 0;
            while (party.TryTransmit(target, out _) && transmitted <= GeneralBlockTransfer.MaximumWindowBlocks)
            {
                transmitted++;
            }

            received += happened == GeneralBlockEvent.ApduReceived ? 1 : 0;
            failed += happened == GeneralBlockEvent.Failed ? 1 : 0;
            bool isTyped = (happened == GeneralBlockEvent.Failed) == (fault.Kind != CodecFaultKind.None);
            if (!isTyped || party.ReceivedApdu.Length > maximumApduOctets || transmitted > GeneralBlockTransfer.MaximumWindowBlocks)
            {
                Assert.Fail($"seed {Seed}, round {round}: {happened} with {fault} for {Convert.ToHexString(block)}");
            }
        }

        received.Should().BePositive("some rows are whole");
        failed.Should().BePositive("some blocks are none");
    }

    private static GeneralBlockParty Party(int maximumApduOctets) => new(new GeneralBlockSettings
    {
        MaximumBlockApduOctets = 64,
        WindowBlocks = 5,
        MaximumApduOctets = maximumApduOctets,
    });

    /// <summary>Blocks with small numbers, one in four of them damaged.</summary>
    private static byte[] Block(Random random)
    {
        byte[] data = new byte[random.Next(0, 40)];
        random.NextBytes(data);
        GeneralBlockTransfer block = new(
            random.Next(3) == 0, random.Next(2) == 0, random.Next(64), (ushort)random.Next(6), (ushort)random.Next(4), data);
        byte[] target = new byte[64];
        GeneralBlockTransfer.Encode(block, target, out int written).Should().Be(OperationStatus.Done);
        return random.Next(4) == 0 ? Mutations.Mutate(random, target.AsSpan(0, written)) : target[..written];
    }

    /// <summary>One to six messages of one kind of link; each as it is, damaged, or damaged and ciphered behind a right tag.</summary>
    private static byte[] Capture(Random random, byte[][] apdus, byte[][] lines, SecurityContext sender)
    {
        List<byte> capture = [];
        int link = random.Next(4);
        int count = link == 2 ? 1 : random.Next(1, MostMessages + 1);
        if (link == 3)
        {
            byte[] line = lines[random.Next(lines.Length)];
            capture.AddRange(random.Next(2) == 0 ? line : Mutations.Mutate(random, line));
        }

        for (int message = 0; message < count; message++)
        {
            byte[] apdu = apdus[random.Next(apdus.Length)];
            apdu = random.Next(2) == 0 ? apdu : Mutations.Mutate(random, apdu);
            apdu = random.Next(3) == 0 ? Sealed(random, apdu, sender) : apdu;
            capture.AddRange(link switch
            {
                0 or 3 => Framed(apdu),
                1 => Wrapped(apdu),
                _ => apdu,
            });
        }

        return random.Next(8) == 0 ? Mutations.Mutate(random, capture.ToArray()) : [.. capture];
    }

    private static byte[] Sealed(Random random, byte[] apdu, SecurityContext sender)
    {
        byte[] target = new byte[apdu.Length + SecurityContext.MaximumOverheadOctets];
        CipheringForm form = (CipheringForm)random.Next(Enum.GetValues<CipheringForm>().Length);
        return sender.Seal(form, apdu, target, out int written, out _) == OperationStatus.Done ? target[..written] : apdu;
    }

    private static byte[] Framed(byte[] apdu)
    {
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrame frame = new(
            HdlcAddress.Client(1), HdlcAddress.Server(1), HdlcControl.Information(0, 1), (byte[])[0xE6, 0xE7, 0x00, .. apdu]);
        HdlcFrameCodec.Encode(frame, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }

    private static byte[] Wrapped(byte[] apdu)
    {
        byte[] head = new byte[WrapperHeader.OctetCount];
        new WrapperHeader(1, 16, (ushort)apdu.Length).Encode(head, out _);
        return [.. head, .. apdu];
    }

    private static IEnumerable<byte[]> Apdus() => DecoderCatalogue.Vectors
        .Where(vector => vector.IsValid && vector.Octets.Length < 400
            && vector.Layer is "acse" or "initiate" or "gbt" or "security" or "xdlms" or "xdlms-error" or "xdlms-notify")
        .Select(vector => vector.Octets)
        .Concat(CipheredVectors.Opened.Select(vector => vector.Octets).Where(octets => octets.Length < 400))
        .Concat(More.Select(hex => hex.Octets()));

    /// <summary>The sign-on's messages, each as 8 bits and with its parity bits.</summary>
    private static IEnumerable<byte[]> SignOnLines()
    {
        foreach (byte[] line in DecoderCatalogue.Vectors.Where(vector => vector.Layer == "iec62056-21").Select(vector => vector.Octets))
        {
            byte[] withParity = [.. line];
            EvenParity.Add(withParity);
            yield return line;
            yield return withParity;
        }
    }

    private static SecurityContext Sender()
    {
        SecurityContext sender = new(
            SecuritySuite.Suite0, Title, new GlobalKeys(Encryption, Authentication),
            new SecurityCounters(new SendCounter(0, new CounterMemory()), new ReceiveCounter()));
        sender.UseDedicatedKey(Encryption);
        return sender;
    }
}
