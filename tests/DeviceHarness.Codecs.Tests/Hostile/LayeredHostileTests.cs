using System.Buffers;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Frames whose damage lies behind right checksums, so that it reaches the LLC header, the APDU and its values.</summary>
public sealed class LayeredHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;

    private static readonly int Rounds = TestSize.Of(suite: 70_000, large: 10_000_000);

    private static readonly Dictionary<byte, string> DecoderOfTag = new()
    {
        [0x60] = "aarq",
        [0x61] = "aare",
        [0x62] = "rlrq",
        [0x63] = "rlre",
        [0x01] = "initiate-request",
        [0x08] = "initiate-response",
        [(byte)ApduTag.ConfirmedServiceError] = "confirmed-service-error",
        [(byte)ApduTag.DataNotification] = "data-notification",
        [(byte)ApduTag.GetRequest] = "get-request",
        [(byte)ApduTag.SetRequest] = "set-request",
        [(byte)ApduTag.EventNotification] = "event-notification",
        [(byte)ApduTag.ActionRequest] = "action-request",
        [(byte)ApduTag.GetResponse] = "get-response",
        [(byte)ApduTag.SetResponse] = "set-response",
        [(byte)ApduTag.ActionResponse] = "action-response",
        [(byte)ApduTag.ExceptionResponse] = "exception-response",
        [(byte)ApduTag.GeneralBlockTransfer] = "general-block-transfer",
    };

    [Fact]
    public void Damage_behind_right_checksums_reaches_every_inner_decoder_and_throws_in_none()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] frames = [.. Frames()];
        Random random = new(Seed);
        Dictionary<string, int> refused = [];
        Dictionary<string, int> taken = [];
        int framesTaken = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] input = Damaged(random, frames[random.Next(frames.Length)]);
            if (HdlcFrameCodec.Decode(input, out HdlcFrame frame, out _, out _) != OperationStatus.Done)
            {
                continue;
            }

            framesTaken++;
            (string Layer, bool IsTaken) reached = Descend(frame.Information, round);
            Dictionary<string, int> counts = reached.IsTaken ? taken : refused;
            counts[reached.Layer] = counts.GetValueOrDefault(reached.Layer) + 1;
            FrameExplainer.Explain(input).Count.Should().BeInRange(1, FrameExplainer.MaximumLines + 1);
        }

        foreach (string layer in taken.Keys.Union(refused.Keys).Order(StringComparer.Ordinal))
        {
            output.WriteLine($"{layer}: {taken.GetValueOrDefault(layer)} taken, {refused.GetValueOrDefault(layer)} refused");
        }

        using AssertionScope scope = new($"seed {Seed}");
        framesTaken.Should().BeGreaterThan(Rounds / 2, "the checksums are right");
        foreach (string decoder in DecoderOfTag.Values.Append("ciphered"))
        {
            taken.GetValueOrDefault(decoder).Should().BePositive(decoder);
            if (decoder != "rlre")
            {
                // A release is never refused, whatever is in it.
                refused.GetValueOrDefault(decoder).Should().BePositive(decoder);
            }
        }
    }

    [Fact]
    public void A_stream_reader_finds_each_of_the_damaged_frames_whatever_the_pieces()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] frames = [.. Frames()];
        Random random = new(Seed);
        for (int round = 0; round < Rounds / 100; round++)
        {
            // Only what lies behind the header is damaged, so that each frame is a frame still.
            byte[][] sent = [.. Enumerable.Range(0, 10).Select(_ => DamagedInside(random, frames[random.Next(frames.Length)]))];
            byte[] line = [.. sent.SelectMany(frame => frame)];
            HdlcFrameReader reader = new();
            List<byte[]> read = [];
            for (int offset = 0; offset < line.Length;)
            {
                int piece = Math.Min(random.Next(1, 40), line.Length - offset);
                reader.Append(line.AsSpan(offset, piece)).Should().Be(piece);
                offset += piece;
                while (reader.TryRead(out HdlcFrame frame, out _))
                {
                    read.Add(frame.Information.ToArray());
                }
            }

            read.Select(Convert.ToHexString).Should()
                .Equal(sent.Select(frame => Convert.ToHexString(DecoderCatalogue.InformationOf(frame))), $"seed {Seed}, round {round}");
            reader.SkippedOctets.Should().Be(0, $"seed {Seed}, round {round}");
        }
    }

    /// <summary>Damage anywhere, one time in four; otherwise inside the information field.</summary>
    private static byte[] Damaged(Random random, byte[] frame) =>
        random.Next(4) == 0 ? Mutations.MutateAndCheck(random, frame) : DamagedInside(random, frame);

    private static byte[] DamagedInside(Random random, byte[] frame)
    {
        HdlcFrameCodec.Decode(frame, out HdlcFrame valid, out _, out _);
        byte[] information = Mutations.Mutate(random, valid.Information);
        HdlcFrame damaged = new(valid.Destination, valid.Source, valid.Control, information, valid.IsSegmented);
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrameCodec.Encode(damaged, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }

    /// <summary>Goes as deep as the octets allow and says which decoder had the last word.</summary>
    private static (string Layer, bool IsTaken) Descend(ReadOnlySpan<byte> information, int round)
    {
        if (LlcHeader.Decode(information, out _, out int header, out _) != OperationStatus.Done || header == information.Length)
        {
            return ("llc", false);
        }

        ReadOnlySpan<byte> apdu = information[header..];
        if (!DecoderOfTag.TryGetValue(apdu[0], out string? name))
        {
            name = "ciphered";
        }

        OperationStatus status = DecoderCatalogue.Named(name).Decode(apdu, out int consumed, out CodecFault fault);
        if (AnswerShape.Broken(apdu, status, consumed, fault) is { } broken)
        {
            Assert.Fail($"seed {Seed}, round {round}, {name}: {broken}");
        }

        return (name, status == OperationStatus.Done);
    }

    /// <summary>The vectors' own information frames, and every vector of a higher layer in a frame of its own.</summary>
    private static IEnumerable<byte[]> Frames()
    {
        foreach (TestVector vector in DecoderCatalogue.Vectors.Where(vector => vector.IsValid))
        {
            if (vector.Layer == "hdlc-frame")
            {
                if (DecoderCatalogue.InformationOf(vector.Octets).Length > 3)
                {
                    yield return vector.Octets;
                }
            }
            else if (vector.Layer is "acse" or "initiate" or "gbt" or "security" or "xdlms" or "xdlms-error" or "xdlms-notify")
            {
                yield return Framed([0xE6, 0xE7, 0x00, .. vector.Octets]);
            }
        }
    }

    private static byte[] Framed(byte[] information)
    {
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrame frame = new(HdlcAddress.Client(1), HdlcAddress.Server(1), HdlcControl.Information(0, 1), information);
        HdlcFrameCodec.Encode(frame, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }
}
