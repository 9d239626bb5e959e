using System.Buffers;
using System.IO.Pipelines;
using DeviceHarness.Rpc.Wire;
using DeviceHarness.TestKit;
using FluentAssertions;
using Grpc.Core;
using Xunit;

namespace DeviceHarness.Rpc.Tests.Wire;

public sealed class MessageReaderTests
{
    [Fact]
    public async Task Messages_split_at_any_octet_are_read_the_same()
    {
        byte[] body = "00 00000003 010203  00 00000000  00 00000001 FF".Octets();
        for (int split = 0; split <= body.Length; split++)
        {
            Pipe pipe = new();
            MessageReader<byte[]> reader = Reader(pipe);
            await pipe.Writer.WriteAsync(body.AsMemory(0, split));
            Task<List<byte[]>> reading = ReadAllAsync(reader);

            await pipe.Writer.WriteAsync(body.AsMemory(split));
            await pipe.Writer.CompleteAsync();
            List<byte[]> messages = await reading.DefaultTimeout();

            messages.Select(Convert.ToHexString).Should().Equal("010203", "", "FF");
        }
    }

    [Fact]
    public async Task Every_truncation_is_an_error()
    {
        byte[] body = "00 00000003 010203".Octets();
        for (int length = 1; length < body.Length; length++)
        {
            RpcException error = await FailAsync(body[..length]);

            error.StatusCode.Should().Be(StatusCode.Internal, "only {0} octets came", length);
        }
    }

    [Theory]
    [InlineData("02 00000000", null, StatusCode.Internal)]
    [InlineData("FF 00000000", "gzip", StatusCode.Internal)]
    [InlineData("01 00000000", null, StatusCode.Internal)]
    [InlineData("01 00000000", "identity", StatusCode.Internal)]
    [InlineData("01 00000000", "gzip", StatusCode.Unimplemented)]
    [InlineData("00 00000065", null, StatusCode.ResourceExhausted)]
    [InlineData("00 7FFFFFFF", null, StatusCode.ResourceExhausted)]
    [InlineData("00 FFFFFFFF", null, StatusCode.ResourceExhausted)]
    public async Task A_bad_header_is_told_before_its_payload_comes(string body, string? encoding, StatusCode expected)
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(body.Octets());
        MessageReader<byte[]> reader = new(pipe.Reader, context => context.PayloadAsNewBuffer(), limitOctets: 100, encoding, []);

        Func<Task> reading = async () => await reader.ReadAsync(CancellationToken.None).AsTask().DefaultTimeout();

        (await reading.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(expected);
    }

    [Fact]
    public async Task A_plain_message_passes_whatever_the_encoding()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("00 00000001 07".Octets());
        MessageReader<byte[]> reader = new(pipe.Reader, context => context.PayloadAsNewBuffer(), limitOctets: 100, "gzip", []);

        (await reader.ReadAsync(CancellationToken.None)).Should().BeTrue();

        reader.Current.Should().Equal(7);
    }

    [Fact]
    public async Task A_message_of_the_limit_passes()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("00 00000064".Octets());
        await pipe.Writer.WriteAsync(new byte[100]);

        (await Reader(pipe).ReadAsync(CancellationToken.None)).Should().BeTrue();
    }

    [Fact]
    public async Task A_payload_that_cannot_be_parsed_is_an_internal_error_and_no_lost_connection()
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync("00 00000001 07".Octets());
        MessageReader<byte[]> reader = new(
            pipe.Reader, _ => throw new InvalidDataException("no"), limitOctets: null, encoding: null, []);

        Func<Task> reading = async () => await reader.ReadAsync(CancellationToken.None);

        (await reading.Should().ThrowAsync<RpcException>()).Which.StatusCode.Should().Be(StatusCode.Internal);
    }

    [Fact]
    public async Task Hostile_bodies_give_messages_or_a_status()
    {
        foreach (byte[] body in Hostile.Octets(
            "00 00000003 010203".Octets(), "00 00000000 00 00000001 05".Octets(), "01 00000002 0102".Octets()))
        {
            MessageReader<byte[]> reader = new(
                PipeReader.Create(new ReadOnlySequence<byte>(body)), context => context.PayloadAsNewBuffer(), limitOctets: 100, null, []);
            try
            {
                int octets = 0;
                while (await reader.ReadAsync(CancellationToken.None))
                {
                    octets += FrameHeader.Octets + reader.Current.Length;
                }

                Assert.Equal(body.Length, octets);
            }
            catch (RpcException exception)
            {
                Assert.Contains(exception.StatusCode, new[] { StatusCode.Internal, StatusCode.ResourceExhausted });
            }
        }
    }

    private static MessageReader<byte[]> Reader(Pipe pipe) =>
        new(pipe.Reader, context => context.PayloadAsNewBuffer(), limitOctets: 100, encoding: null, []);

    private static async Task<List<byte[]>> ReadAllAsync(MessageReader<byte[]> reader)
    {
        List<byte[]> messages = [];
        while (await reader.ReadAsync(CancellationToken.None))
        {
            messages.Add(reader.Current);
        }

        return messages;
    }

    private static async Task<RpcException> FailAsync(byte[] body)
    {
        Pipe pipe = new();
        await pipe.Writer.WriteAsync(body);
        await pipe.Writer.CompleteAsync();
        return await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(Reader(pipe)).DefaultTimeout());
    }
}
