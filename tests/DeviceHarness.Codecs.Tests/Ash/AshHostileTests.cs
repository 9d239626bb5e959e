using DeviceHarness.Codecs.Ash;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Tests.Hostile;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Ash;

/// <summary>Random octets and damaged frames, half of these with a right checksum again, in one endless stream.</summary>
public sealed class AshHostileTests(ITestOutputHelper output)
{
    private static readonly int Inputs = TestSize.Of(suite: 20_000, large: 10_000_000);

    private const int Seed = 20_261_123;

    [Fact]
    public void No_stream_throws_allocates_or_hides_the_frame_that_follows_it()
    {
        output.WriteLine($"seed {Seed}");
        byte[][] valid = [.. AshSamples.Streams.Select(vector => vector.Octets)];
        byte[] last = [AshOctets.Flag, .. AshSamples.Encode(AshControl.Ack(3))];
        Random random = new(Seed);
        AshFrameReader reader = new();
        long allocated = 0;
        for (int round = 0; round < Inputs; round++)
        {
            byte[] input = round % 2 == 0
                ? Mutations.Noise(random, (byte)random.Next(256))
                : Checked(Mutations.Mutate(random, valid[random.Next(valid.Length)]), isRight: round % 4 == 1);
            long found = Allocated(reader, input, last, out int frames);
            if (found > allocated)
            {
                // A collection that another thread begins in between is counted as up to 8 KiB of this one: what the reader allocates
                // it allocates again.
                allocated = Math.Max(allocated, Math.Min(found, Allocated(reader, input, last, out frames)));
            }

            if (frames < 1 || reader.IsInFrame)
            {
                Assert.Fail($"seed {Seed}, round {round}: {Convert.ToHexString(input)} hides the frame that follows");
            }
        }

        allocated.Should().BeLessThan(1024, "a frame costs no allocation");
        reader.FrameCount.Should().BeGreaterThan(Inputs);
        reader.DamageCount.Should().BeGreaterThan(0);
    }

    [Fact]
    public void The_explainer_tells_of_every_vector_and_survives_all_else()
    {
        output.WriteLine($"seed {Seed}");
        ExplainOptions options = new(ExplainLayer.Ash);
        foreach (TestVector vector in AshSamples.Streams)
        {
            FrameExplainer.Explain(vector.Octets, options, out bool isWellFormed).Should().NotBeEmpty();

            isWellFormed.Should().Be(vector.IsValid, vector.Name);
        }

        Random random = new(Seed);
        for (int round = 0; round < Inputs / 10; round++)
        {
            FrameExplainer.Explain(Mutations.Noise(random, 0xC1), options, out _).Should().NotBeEmpty();
        }
    }

    [Fact]
    public void The_explainer_names_kind_numbers_data_reset_code_and_what_is_missing()
    {
        ExplainOptions options = new(ExplainLayer.Ash);

        IReadOnlyList<string> lines = FrameExplainer.Explain(
            "1AC1020B0A527E254221A856A6097E7E8160".Octets(), options, out bool isWellFormed);

        isWellFormed.Should().BeFalse();
        lines.Should().Equal(
            "0000  ASH RSTACK",
            "0000    version 2, software reset (0B)",
            "0007  ASH DATA 2, expects 5",
            "0007    EZSP 4 command 0, Version: VersionRequest { DesiredVersion = 2 }",
            "000F  incomplete ASH frame: 7E8160",
            "0012  FAULT Truncated: (ASH flag)");
    }

    private static long Allocated(AshFrameReader reader, byte[] input, byte[] last, out int frames)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Count(reader, input);
        frames = Count(reader, last);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static int Count(AshFrameReader reader, ReadOnlySpan<byte> octets)
    {
        int frames = 0;
        while (!octets.IsEmpty)
        {
            AshReading reading = reader.Read(octets, out int consumed, out AshFrame frame, out CodecFault fault);
            octets = octets[consumed..];
            frames += reading == AshReading.Frame ? 1 : 0;
            bool isShaped = reading switch
            {
                AshReading.Frame => frame.Data.Length <= AshFrame.ExtendedDataOctets && fault.Kind == CodecFaultKind.None,
                AshReading.Damaged => fault.Kind != CodecFaultKind.None && fault.Clause.Length > 0,
                _ => octets.IsEmpty,
            };
            if (!isShaped)
            {
                Assert.Fail($"{reading}: {fault}");
            }
        }

        return frames;
    }

    /// <summary>Without escapes the octets before the last flag end with the checksum of those before: set it right.</summary>
    private static byte[] Checked(byte[] frame, bool isRight)
    {
        if (isRight && frame.Length > 3)
        {
            ushort crc = AshCrc.Compute(frame.AsSpan(0, frame.Length - 3));
            frame[^3] = (byte)(crc >> 8);
            frame[^2] = (byte)crc;
            frame[^1] = AshOctets.Flag;
        }

        return frame;
    }
}
