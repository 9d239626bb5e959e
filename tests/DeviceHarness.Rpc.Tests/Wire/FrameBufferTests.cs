using System.Buffers;
using DeviceHarness.Rpc.Wire;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class FrameBufferTests
{
    [Fact]
    public void A_payload_written_in_place_follows_its_header()
    {
        using FrameBuffer buffer = FrameBuffer.Of("0102".Octets(), WriteInPlace, limitOctets: null, compressor: null);

        buffer.Frame.ToArray().ShouldBeHex("00 00000002 0102");
    }

    [Fact]
    public void A_payload_handed_over_follows_its_header()
    {
        using FrameBuffer buffer = FrameBuffer.Of(
            "0102".Octets(), (payload, context) => context.Complete(payload), limitOctets: null, compressor: null);

        buffer.Frame.ToArray().ShouldBeHex("00 00000002 0102");
    }

    [Fact]
    public void An_empty_payload_is_a_header()
    {
        using FrameBuffer buffer = FrameBuffer.Of(Array.Empty<byte>(), WriteInPlace, limitOctets: null, compressor: null);

        buffer.Frame.ToArray().ShouldBeHex("00 00000000");
    }

    [Fact]
    public void A_payload_of_unknown_length_grows_the_buffer()
    {
        byte[] payload = new byte[100_000];
        new Random(6023).NextBytes(payload);

        using FrameBuffer buffer = FrameBuffer.Of(payload, WriteInPieces, limitOctets: null, compressor: null);

        buffer.Frame.Span[FrameHeader.Octets..].SequenceEqual(payload).Should().BeTrue();
    }

    [Fact]
    public void A_payload_past_the_limit_is_refused()
    {
        Action announced = () => FrameBuffer.Of(new byte[11], WriteInPlace, limitOctets: 10, compressor: null);
        Action found = () => FrameBuffer.Of(new byte[11], WriteInPieces, limitOctets: 10, compressor: null);

        announced.Should().Throw<RpcException>().Which.StatusCode.Should().Be(StatusCode.ResourceExhausted);
        found.Should().Throw<RpcException>().Which.StatusCode.Should().Be(StatusCode.ResourceExhausted);
    }

    [Fact]
    public void A_marshaller_that_does_not_complete_is_found_out()
    {
        Action unfinished = () => FrameBuffer.Of("", (_, context) => context.GetBufferWriter(), limitOctets: null, compressor: null);

        unfinished.Should().Throw<InvalidOperationException>();
    }

    private static void WriteInPlace(byte[] payload, SerializationContext context)
    {
        context.SetPayloadLength(payload.Length);
        context.GetBufferWriter().Write(payload);
        context.Complete();
    }

    private static void WriteInPieces(byte[] payload, SerializationContext context)
    {
        IBufferWriter<byte> writer = context.GetBufferWriter();
        foreach (byte[] piece in payload.Chunk(7))
        {
            writer.Write(piece);
        }

        context.Complete();
    }
}
