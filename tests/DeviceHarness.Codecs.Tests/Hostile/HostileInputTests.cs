using System.Buffers;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Hostile;

/// <summary>Half random octets, half valid messages that were mutated and, where there is a checksum, checksummed again.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private static readonly int InputsPerDecoder = TestSize.Of(suite: 50_000, large: 10_000_000);

    private const int Seed = 20_261_122;

    public static TheoryData<string> Names { get; } = [.. DecoderCatalogue.All.Select(decoder => decoder.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_input_throws_or_breaks_the_shape_of_the_answer(string name)
    {
        output.WriteLine($"seed {Seed}");
        DecoderUnderTest decoder = DecoderCatalogue.Named(name);
        IReadOnlyList<byte[]> valid = DecoderCatalogue.ExamplesOf(decoder);
        Random random = new(Seed);
        long largest = 0;
        for (int round = 0; round < InputsPerDecoder; round++)
        {
            byte[] start = valid[random.Next(valid.Count)];
            byte[] input = round % 2 == 0 ? Mutations.Noise(random, start[0]) : Mutations.MutateAndCheck(random, start);

            long allocated = Allocated(decoder, input, out OperationStatus status, out int consumed, out CodecFault fault);

            // A collection that another thread asks for meanwhile moves this thread's count; what the decoder allocates it allocates again.
            for (int again = 0; allocated > decoder.MaximumAllocatedOctets && again < 3; again++)
            {
                allocated = Math.Min(allocated, Allocated(decoder, input, out status, out consumed, out fault));
            }

            largest = Math.Max(largest, allocated);
            if (AnswerShape.Broken(input, status, consumed, fault) is { } broken)
            {
                Assert.Fail($"seed {Seed}, round {round}: {broken}");
            }
        }

        largest.Should().BeLessThanOrEqualTo(decoder.MaximumAllocatedOctets);
    }

    [Fact]
    public void The_explainer_never_throws()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] valid = [.. DecoderCatalogue.Vectors.Select(vector => vector.Octets)];
        Random random = new(Seed);
        for (int round = 0; round < InputsPerDecoder; round++)
        {
            byte[] input = round % 2 == 0
                ? Mutations.Noise(random, (byte)random.Next(256))
                : Mutations.MutateAndCheck(random, valid[random.Next(valid.Length)]);

            IReadOnlyList<string> lines = FrameExplainer.Explain(input);

            lines.Count.Should().BeInRange(1, FrameExplainer.MaximumLines + 1);
        }
    }

    [Fact]
    public void The_reader_counts_every_octet_of_a_hostile_stream_and_still_finds_the_frame_at_its_end()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] valid = [.. DecoderCatalogue.Vectors.Where(vector => vector.Layer == "hdlc-frame").Select(vector => vector.Octets)];
        byte[] last = "7EA0070321930F017E".Octets();
        Random random = new(Seed);
        for (int round = 0; round < 2_000; round++)
        {
            HdlcFrameReader reader = new();
            byte[] noise = [.. Enumerable.Range(0, 20).SelectMany(_ => Mutations.MutateAndCheck(random, valid[random.Next(valid.Length)]))];
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

    private static long Allocated(
        DecoderUnderTest decoder, byte[] input, out OperationStatus status, out int consumed, out CodecFault fault)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        status = decoder.Decode(input, out consumed, out fault);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
