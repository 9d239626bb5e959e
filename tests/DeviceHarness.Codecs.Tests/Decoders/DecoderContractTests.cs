using System.Buffers;
using System.Reflection;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Hdlc;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Decoders;

/// <summary>What every decoder promises for every vector that is its message.</summary>
public sealed class DecoderContractTests
{
    public static TheoryData<string> Names { get; } = [.. DecoderCatalogue.All.Select(decoder => decoder.Name)];

    [Fact]
    public void Every_public_decoder_of_the_assembly_is_in_the_catalogue()
    {
        IEnumerable<Type> decoders = typeof(HdlcFrameCodec).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.Name is "Decode" or "TryDecode" or "DecodeContent"
                && method.GetParameters() is [{ } source, ..] && source.ParameterType == typeof(ReadOnlySpan<byte>))
            .Select(method => method.DeclaringType!);

        DecoderCatalogue.All.Select(decoder => decoder.Type).Should().BeEquivalentTo(decoders);
        DecoderCatalogue.All.Select(decoder => decoder.Name).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Octets_that_come_one_at_a_time_are_done_with_the_last_and_not_before(string name)
    {
        DecoderUnderTest decoder = DecoderCatalogue.Named(name);
        foreach (byte[] example in DecoderCatalogue.ExamplesOf(decoder))
        {
            for (int length = 0; length < example.Length; length++)
            {
                // A copy, so that an octet behind the end is really not there.
                byte[] part = example[..length];
                OperationStatus status = decoder.Decode(part, out int consumed, out CodecFault fault);

                string reason = $"{length} octets of {Convert.ToHexString(example)}";
                if (length >= decoder.FewestOctets && (length == 0 || decoder.EndsWithItsOctets(example)))
                {
                    status.Should().Be(OperationStatus.Done, reason);
                    consumed.Should().BeInRange(decoder.FewestOctets, length, reason);
                    continue;
                }

                status.Should().Be(OperationStatus.NeedMoreData, reason);
                consumed.Should().Be(0, reason);
                fault.Kind.Should().Be(CodecFaultKind.Truncated, reason);
                fault.Offset.Should().BeInRange(0, length, reason);
                fault.Clause.Should().NotBeEmpty(reason);
            }

            decoder.Decode(example, out int whole, out CodecFault none).Should().Be(OperationStatus.Done);
            whole.Should().Be(example.Length);
            none.Should().Be(CodecFault.None);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_follows_a_message_changes_nothing(string name)
    {
        DecoderUnderTest decoder = DecoderCatalogue.Named(name);
        byte[][] examples = [.. DecoderCatalogue.ExamplesOf(decoder).Where(example => !decoder.EndsWithItsOctets(example))];
        foreach (byte[] example in examples)
        {
            foreach (byte[] behind in new byte[][] { [0x00], [0x7E], [0xFF, 0xFF, 0xFF], example })
            {
                OperationStatus status = decoder.Decode([.. example, .. behind], out int consumed, out CodecFault fault);

                string reason = $"{Convert.ToHexString(behind)} follows {Convert.ToHexString(example)}";
                status.Should().Be(OperationStatus.Done, reason);
                consumed.Should().Be(example.Length, reason);
                fault.Should().Be(CodecFault.None, reason);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_flipped_bit_of_any_vector_throws_or_breaks_the_shape_of_the_answer(string name)
    {
        DecoderUnderTest decoder = DecoderCatalogue.Named(name);
        foreach (byte[] example in DecoderCatalogue.ExamplesOf(decoder))
        {
            for (int bit = 0; bit < example.Length * 8; bit++)
            {
                byte[] damaged = [.. example];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));

                OperationStatus status = decoder.Decode(damaged, out int consumed, out CodecFault fault);

                string? broken = AnswerShape.Broken(damaged, status, consumed, fault);
                broken.Should().BeNull($"bit {bit} of {Convert.ToHexString(example)} was flipped");
                if (decoder.HasChecksum)
                {
                    status.Should().NotBe(OperationStatus.Done, $"bit {bit} of {Convert.ToHexString(example)} was flipped");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_vector_of_any_layer_throws_or_breaks_the_shape_of_the_answer(string name)
    {
        DecoderUnderTest decoder = DecoderCatalogue.Named(name);
        foreach (byte[] octets in DecoderCatalogue.Vectors.Select(vector => vector.Octets).Where(octets => octets.Length > 0))
        {
            OperationStatus status = decoder.Decode(octets, out int consumed, out CodecFault fault);

            AnswerShape.Broken(octets, status, consumed, fault).Should().BeNull(Convert.ToHexString(octets));
        }
    }

    [Fact]
    public void A_frame_split_at_any_octet_or_in_single_octets_is_the_same_frame_to_the_stream_reader()
    {
        foreach (byte[] frame in DecoderCatalogue.ExamplesOf(DecoderCatalogue.Named("hdlc")))
        {
            string whole = ReadOne([frame]);
            ReadOne(frame.Select(octet => new[] { octet })).Should().Be(whole, "octet by octet");
            for (int split = 0; split <= frame.Length; split++)
            {
                ReadOne([frame[..split], frame[split..]]).Should().Be(whole, $"split at {split}");
            }
        }
    }

    [Fact]
    public void Any_vector_cut_in_two_blocks_at_any_octet_comes_together_again()
    {
        foreach (byte[] octets in DecoderCatalogue.Vectors.Select(vector => vector.Octets))
        {
            for (int split = 0; split <= octets.Length; split++)
            {
                BlockAssembler assembler = new();

                assembler.Add(1, isLast: false, octets.AsSpan(0, split)).Should().Be(BlockOutcome.Continue);
                assembler.Add(2, isLast: true, octets.AsSpan(split)).Should().Be(BlockOutcome.Complete);

                assembler.Octets.SequenceEqual(octets).Should().BeTrue($"split at {split} of {Convert.ToHexString(octets)}");
            }
        }
    }

    private static string ReadOne(IEnumerable<byte[]> pieces)
    {
        HdlcFrameReader reader = new();
        List<string> frames = [];
        foreach (byte[] piece in pieces)
        {
            reader.Append(piece).Should().Be(piece.Length);
            while (reader.TryRead(out HdlcFrame frame, out _))
            {
                string head = $"{frame.Destination} {frame.Source} {frame.Control} {frame.IsSegmented}";
                frames.Add($"{head} {Convert.ToHexString(frame.Information)}");
            }
        }

        reader.FaultCount.Should().Be(0);
        return frames.Should().ContainSingle().Subject;
    }
}
