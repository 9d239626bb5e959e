using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Crc;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Half random octets, half valid messages that were mutated and, where there is a checksum, checksummed again.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private static readonly int InputsPerDecoder = TestSize.Of(suite: 100_000, large: 10_000_000);

    private const int MaximumRandomOctets = 96;
    private const int Seed = 20_261_122;

    /// <summary>
    /// The most that one input of a decoder that builds trees may allocate: room for the largest tree that its limit allows.
    /// </summary>
    private const long MaximumAllocatedOctetsPerInput = 64L * 1024 * 1024;

    private delegate OperationStatus Decoder(ReadOnlySpan<byte> source, out int consumedOctets, out CodecFault fault);

    private static readonly IReadOnlyList<TestVector> Vectors = TestVector.Load("dlms/dlms-vectors.json");

    private static readonly byte[][] OtaFiles =
    [
        .. TestVector.Load("ota/ota-vectors.json").Where(vector => vector.Layer == "OTA-file").Select(vector => vector.Octets),
        "0000 03000000 010203".Octets(),
    ];

    private static readonly Dictionary<string, Decoder> Decoders = new()
    {
        ["hdlc"] = (source, out consumed, out fault) => HdlcFrameCodec.Decode(source, out _, out consumed, out fault),
        ["hdlc-parameters"] = (source, out consumed, out fault) => HdlcParameters.Decode(source, out _, out _, out consumed, out fault),
        ["hdlc-reject"] = (source, out consumed, out fault) => HdlcRejectInformation.Decode(source, out _, out consumed, out fault),
        ["llc"] = (source, out consumed, out fault) => LlcHeader.Decode(source, out _, out consumed, out fault),
        ["wrapper"] = (source, out consumed, out fault) => WrapperHeader.Decode(source, out _, out consumed, out fault),
        ["aarq"] = (source, out consumed, out fault) => Aarq.Decode(source, out _, out consumed, out fault),
        ["aare"] = (source, out consumed, out fault) => Aare.Decode(source, out _, out consumed, out fault),
        ["rlrq"] = (source, out consumed, out fault) => Rlrq.Decode(source, out _, out consumed, out fault),
        ["rlre"] = (source, out consumed, out fault) =>
        {
            OperationStatus status = Rlre.Decode(source, out Rlre rlre, out consumed, out fault);
            fault = rlre.HasLengthError ? CodecFault.None : fault;
            return status;
        },
        ["initiate-request"] = (source, out consumed, out fault) => InitiateRequest.Decode(source, out _, out consumed, out fault),
        ["initiate-response"] = (source, out consumed, out fault) => InitiateResponse.Decode(source, out _, out consumed, out fault),
        ["get-request"] = (source, out consumed, out fault) => GetRequest.Decode(source, out _, out consumed, out fault),
        ["get-response"] = (source, out consumed, out fault) => GetResponse.Decode(source, out _, out consumed, out fault),
        ["set-request"] = (source, out consumed, out fault) => SetRequest.Decode(source, out _, out consumed, out fault),
        ["set-response"] = (source, out consumed, out fault) => SetResponse.Decode(source, out _, out consumed, out fault),
        ["action-request"] = (source, out consumed, out fault) => ActionRequest.Decode(source, out _, out consumed, out fault),
        ["action-response"] = (source, out consumed, out fault) => ActionResponse.Decode(source, out _, out consumed, out fault),
        ["data-notification"] = (source, out consumed, out fault) => DataNotification.Decode(source, out _, out consumed, out fault),
        ["event-notification"] = (source, out consumed, out fault) => EventNotification.Decode(source, out _, out consumed, out fault),
        ["general-block-transfer"] = (source, out consumed, out fault) =>
            GeneralBlockTransfer.Decode(source, out _, out consumed, out fault),
        ["ciphered"] = (source, out consumed, out fault) => CipheredApdu.Decode(source, out _, out consumed, out fault),
        ["exception-response"] = (source, out consumed, out fault) => ExceptionResponse.Decode(source, out _, out consumed, out fault),
        ["confirmed-service-error"] = (source, out consumed, out fault) =>
            ConfirmedServiceError.Decode(source, out _, out consumed, out fault),
        ["data"] = (source, out consumed, out fault) => DlmsDataCodec.Decode(source, out _, out consumed, out fault),
        ["scaler-unit"] = (source, out consumed, out fault) => ScalerUnit.Decode(source, out _, out consumed, out fault),
        ["ota-header"] = (source, out consumed, out fault) => OtaHeader.Decode(source, out _, out consumed, out fault),
        ["ota-element"] = (source, out consumed, out fault) => OtaElement.Decode(source, out _, out consumed, out fault),
        ["ota-file"] = (source, out consumed, out fault) => OtaFile.Decode(source, out _, out consumed, out fault),
        ["date-time"] = (source, out consumed, out fault) => CosemDateTime.Decode(source, out _, out consumed, out fault),
    };

    public static TheoryData<string> Names { get; } = [.. Decoders.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_throws_or_breaks_the_shape_of_the_answer(string name)
    {
        output.WriteLine($"seed {Seed}");
        Decoder decode = Decoders[name];
        byte[][] valid = [.. Valid(decode, name)];
        Random random = new(Seed);
        long largest = 0;
        for (int round = 0; round < InputsPerDecoder; round++)
        {
            byte[] input = round % 2 == 0
                ? Noise(random, valid[random.Next(valid.Length)][0])
                : Mutate(random, valid[random.Next(valid.Length)]);
            long before = GC.GetAllocatedBytesForCurrentThread();

            OperationStatus status = decode(input, out int consumed, out CodecFault fault);

            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
            bool isShaped = status switch
            {
                OperationStatus.Done => consumed > 0 && fault.Kind == CodecFaultKind.None,
                OperationStatus.NeedMoreData => consumed == 0 && fault.Kind == CodecFaultKind.Truncated,
                OperationStatus.InvalidData =>
                    fault.Kind is not (CodecFaultKind.None or CodecFaultKind.Truncated) && fault.Clause.Length > 0,
                _ => false,
            };
            if (!isShaped || consumed > input.Length || fault.Offset > input.Length || fault.Offset < 0)
            {
                Assert.Fail($"seed {Seed}, round {round}: {status}, consumed {consumed}, {fault} for {Convert.ToHexString(input)}");
            }
        }

        largest.Should().BeLessThanOrEqualTo(name == "data" ? MaximumAllocatedOctetsPerInput : 0);
    }

    [Fact]
    public void The_explainer_never_throws()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] valid = [.. Vectors.Select(vector => vector.Octets)];
        Random random = new(Seed);
        for (int round = 0; round < InputsPerDecoder; round++)
        {
            byte[] input = round % 2 == 0 ? Noise(random, (byte)random.Next(256)) : Mutate(random, valid[random.Next(valid.Length)]);

            IReadOnlyList<string> lines = FrameExplainer.Explain(input);

            lines.Count.Should().BeInRange(1, FrameExplainer.MaximumLines + 1);
        }
    }

    [Fact]
    public void The_reader_counts_every_octet_of_a_hostile_stream_and_still_finds_the_frame_at_its_end()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] valid = [.. Vectors.Where(vector => vector.Layer == "hdlc-frame").Select(vector => vector.Octets)];
        byte[] last = "7EA0070321930F017E".Octets();
        Random random = new(Seed);
        for (int round = 0; round < 2_000; round++)
        {
            HdlcFrameReader reader = new();
            byte[] noise = [.. Enumerable.Range(0, 20).SelectMany(_ => Mutate(random, valid[random.Next(valid.Length)]))];
            byte[] flush = new byte[HdlcFrameCodec.MaximumFrameOctets];
            int frames = 0;
            foreach (byte[] piece in new[] { noise, last, flush, last })
            {
                reader.Append(piece).Should().Be(piece.Length);
                while (reader.TryRead(out HdlcFrame frame, out _))
                {
                    frames = frame.Control.Kind == HdlcFrameKind.Snrm ? frames + 1 : frames;
                }
            }

            frames.Should().BeGreaterThan(0, $"seed {Seed}, round {round}");
        }
    }

    private static IEnumerable<byte[]> Valid(Decoder decode, string name)
    {
        IEnumerable<byte[]> candidates = Vectors.Select(vector => vector.Octets)
            .Concat(Vectors.Where(vector => vector.Layer == "hdlc-frame").Select(vector => Information(vector.Octets)))
            .Append("818012050180060180070400000001080400000001".Octets())
            .Append("E6E700".Octets())
            .Append("540010".Octets())
            .Append("C3030100".Octets())
            .Concat(OtaFiles);
        byte[][] matching = [.. candidates.Where(octets => octets.Length > 0 && decode(octets, out _, out _) == OperationStatus.Done)];
        matching.Should().NotBeEmpty($"{name} needs a valid message to start from");
        return matching;
    }

    private static byte[] Information(byte[] octets)
    {
        HdlcFrameCodec.Decode(octets, out HdlcFrame frame, out _, out _);
        return frame.Information.ToArray();
    }

    private static byte[] Noise(Random random, byte first)
    {
        byte[] input = new byte[random.Next(1, MaximumRandomOctets)];
        random.NextBytes(input);
        if (random.Next(2) == 0)
        {
            input[0] = first;
        }

        return input;
    }

    private static byte[] Mutate(Random random, byte[] valid)
    {
        List<byte> octets = [.. valid];
        for (int change = random.Next(1, 4); change > 0 && octets.Count > 0; change--)
        {
            int at = random.Next(octets.Count);
            switch (random.Next(4))
            {
                case 0:
                    octets[at] = (byte)random.Next(256);
                    break;
                case 1:
                    octets.RemoveAt(at);
                    break;
                case 2:
                    octets.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    octets[at] ^= (byte)(1 << random.Next(8));
                    break;
            }
        }

        byte[] mutated = octets.Count == 0 ? [0] : [.. octets];
        if (mutated.Length > 9 && mutated[0] == HdlcFrameCodec.Flag && random.Next(4) != 0)
        {
            Recompute(mutated);
        }

        return mutated;
    }

    /// <summary>Sets length and checksums right, so that the damage reaches what lies behind them.</summary>
    private static void Recompute(byte[] frame)
    {
        int length = frame.Length - 2;
        frame[1] = (byte)(0xA0 | (frame[1] & 0x08) | (length >> 8));
        frame[2] = (byte)length;
        frame[^1] = HdlcFrameCodec.Flag;
        int header = 3;
        for (int address = 0; address < 2; address++)
        {
            while (header < frame.Length - 1 && (frame[header++] & 1) == 0)
            {
            }
        }

        header++;
        if (header + 2 < frame.Length - 3)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(header), Crc16X25.Compute(frame.AsSpan(1..header)));
        }

        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(frame.Length - 3), Crc16X25.Compute(frame.AsSpan(1..(frame.Length - 3))));
    }
}
