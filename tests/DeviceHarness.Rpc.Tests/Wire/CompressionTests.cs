using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using DeviceHarness.Rpc.Wire;
using FluentAssertions;
using Grpc.Core;
using Grpc.Net.Compression;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class CompressionTests
{
    private const int Limit = 10_000;

    private static readonly GzipCompressionProvider Gzip = new(CompressionLevel.Fastest);

    [Fact]
    public void What_becomes_smaller_is_compressed_and_comes_back()
    {
        byte[] payload = new byte[Limit];

        using FrameBuffer frame = Pack(payload);
        using FrameBuffer back = MessageInflater.Inflate(new ReadOnlySequence<byte>(frame.Payload), Gzip, Limit);

        frame.Frame.Span[0].Should().Be(1);
        frame.Frame.Length.Should().BeLessThan(200);
        back.Payload.Span.SequenceEqual(payload).Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void What_does_not_become_smaller_is_left_alone(int octets)
    {
        byte[] payload = new byte[octets];
        new Random(octets).NextBytes(payload);

        using FrameBuffer frame = Pack(payload);

        frame.Frame.Span[0].Should().Be(0);
        frame.Payload.Span.SequenceEqual(payload).Should().BeTrue();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1_000_000_000, false)]
    public void The_limit_counts_decompressed_octets(int above, bool passes)
    {
        byte[] bomb = Compress(Limit + above);

        Action inflate = () => MessageInflater.Inflate(new ReadOnlySequence<byte>(bomb), Gzip, Limit).Dispose();

        bomb.Length.Should().BeLessThan(Limit * 100, "it is a small message");
        if (passes)
        {
            inflate.Should().NotThrow();
        }
        else
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            inflate.Should().Throw<RpcException>().Which.StatusCode.Should().Be(StatusCode.ResourceExhausted);
            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(10_000_000, "nothing past the limit is kept");
        }
    }

    [Fact]
    public void What_is_not_gzip_is_an_internal_error()
    {
        byte[] good = Compress(100);
        byte[][] damaged =
        [
            [], good[..12], good[..^9], [.. "hello"u8], [0x1F, 0x8B, .. good[..4]], Flip(good, 12), Flip(good, good.Length - 6),
        ];
        foreach (byte[] bad in damaged)
        {
            Action inflate = () => MessageInflater.Inflate(new ReadOnlySequence<byte>(bad), Gzip, Limit).Dispose();

            inflate.Should().Throw<RpcException>(Convert.ToHexString(bad)).Which.StatusCode.Should().Be(StatusCode.Internal);
        }
    }

    [Fact]
    public async Task Hostile_compressed_bodies_give_messages_or_a_status()
    {
        byte[] packed = Compress(50);
        byte[] body = [1, 0, 0, 0, (byte)packed.Length, .. packed];
        int messages = 0;
        foreach (byte[] hostile in Hostile.Octets(body, [.. body, .. body]).Take(Hostile.Count / 5))
        {
            MessageReader<byte[]> reader = new(
                PipeReader.Create(new ReadOnlySequence<byte>(hostile)), context => context.PayloadAsNewBuffer(), 100, "gzip", [Gzip]);
            try
            {
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    messages++;
                }
            }
            catch (RpcException exception)
            {
                Assert.Contains(exception.StatusCode, new[] { StatusCode.Internal, StatusCode.ResourceExhausted });
            }
        }

        messages.Should().BePositive("some of them are left whole");
    }

    [Theory]
    [InlineData("identity,gzip", true)]
    [InlineData(" deflate , gzip ", true)]
    [InlineData("gzip2,identity", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_list_of_encodings_is_read(string? accepted, bool expected) =>
        Encodings.Accepts(accepted, "gzip").Should().Be(expected);

    private static FrameBuffer Pack(byte[] payload) => FrameBuffer.Of(
        payload, (octets, context) => context.Complete(octets), limitOctets: null, new MessageCompressor(Gzip, level: null));

    private static byte[] Compress(int zeros)
    {
        using MemoryStream target = new();
        using (Stream gzip = Gzip.CreateCompressionStream(target, CompressionLevel.Optimal))
        {
            byte[] block = new byte[1_000_000];
            for (int left = zeros; left > 0; left -= block.Length)
            {
                gzip.Write(block, 0, Math.Min(left, block.Length));
            }
        }

        return target.ToArray();
    }

    private static byte[] Flip(byte[] good, int index)
    {
        byte[] bad = [.. good];
        bad[index] ^= 0xFF;
        return bad;
    }
}
