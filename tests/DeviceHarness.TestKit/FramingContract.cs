using System.Buffers;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.TestKit;

/// <summary>What every codec of delimited messages promises, whatever the message.</summary>
/// <typeparam name="T">A copy of a message that compares by value, such as a record.</typeparam>
public abstract class FramingContract<T>
    where T : notnull
{
    private const int RandomRoundTrips = 500;
    private const int EncodeRoomOctets = 8192;

    /// <summary>Whole messages, at least one not made by our encoder.</summary>
    protected abstract IReadOnlyList<byte[]> Examples { get; }

    /// <summary>True when a flipped bit must be noticed.</summary>
    protected abstract bool HasChecksum { get; }

    /// <summary>The seed of the random round trips.</summary>
    protected virtual int Seed => 20_260_105;

    /// <summary>Decodes one message and copies it.</summary>
    protected abstract OperationStatus Decode(ReadOnlySpan<byte> source, out T? message, out int consumedOctets);

    /// <summary>Encodes a message.</summary>
    protected abstract OperationStatus Encode(T message, Span<byte> target, out int writtenOctets);

    /// <summary>Any message that can be encoded.</summary>
    protected abstract T CreateRandom(Random random);

    /// <summary>Feeds octets in pieces to the stream reader of the format; null when the format has none.</summary>
    protected virtual IReadOnlyList<T>? ReadStream(IEnumerable<byte[]> pieces) => null;

    [Fact]
    public void A_whole_message_decodes_and_takes_all_its_octets()
    {
        foreach (byte[] example in Examples)
        {
            DecodeDone(example).Consumed.Should().Be(example.Length, Convert.ToHexString(example));
        }
    }

    [Fact]
    public void Octets_after_a_message_are_left_alone()
    {
        foreach (byte[] example in Examples)
        {
            (T message, int consumed) = DecodeDone([.. example, 0x55, 0xAA, 0x00]);

            consumed.Should().Be(example.Length);
            message.Should().Be(DecodeDone(example).Message);
        }
    }

    [Fact]
    public void Every_truncation_needs_more_data()
    {
        foreach (byte[] example in Examples)
        {
            for (int length = 0; length < example.Length; length++)
            {
                OperationStatus status = Decode(example.AsSpan(0, length), out _, out int consumed);

                status.Should().Be(OperationStatus.NeedMoreData, $"{length} octets of {Convert.ToHexString(example)}");
                consumed.Should().Be(0);
            }
        }
    }

    [Fact]
    public void No_flipped_bit_throws_or_passes_a_checksum()
    {
        foreach (byte[] example in Examples)
        {
            for (int bit = 0; bit < example.Length * 8; bit++)
            {
                byte[] damaged = [.. example];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));

                OperationStatus status = Decode(damaged, out _, out int consumed);

                consumed.Should().BeInRange(0, damaged.Length);
                if (HasChecksum)
                {
                    status.Should().NotBe(OperationStatus.Done, $"bit {bit} of {Convert.ToHexString(example)} was flipped");
                }
            }
        }
    }

    [Fact]
    public void Encode_decode_encode_is_stable()
    {
        foreach (byte[] example in Examples)
        {
            byte[] first = EncodeDone(DecodeDone(example).Message);

            byte[] second = EncodeDone(DecodeDone(first).Message);

            second.ShouldBeHex(Convert.ToHexString(first));
            first.ShouldBeHex(Convert.ToHexString(example));
        }
    }

    [Fact]
    public void Random_messages_come_back_equal()
    {
        Random random = new(Seed);
        for (int round = 0; round < RandomRoundTrips; round++)
        {
            T message = CreateRandom(random);
            byte[] octets = EncodeDone(message);

            (T decoded, int consumed) = DecodeDone(octets);

            decoded.Should().Be(message, $"seed {Seed}, round {round}: {Convert.ToHexString(octets)}");
            consumed.Should().Be(octets.Length);
        }
    }

    [Fact]
    public void A_target_one_octet_too_small_gets_nothing()
    {
        foreach (byte[] example in Examples)
        {
            T message = DecodeDone(example).Message;
            byte[] target = new byte[EncodeDone(message).Length - 1];

            OperationStatus status = Encode(message, target, out int written);

            status.Should().Be(OperationStatus.DestinationTooSmall);
            written.Should().Be(0);
        }
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_messages()
    {
        foreach (byte[] example in Examples)
        {
            T message = DecodeDone(example).Message;
            IReadOnlyList<T>? single = ReadStream(example.Select(octet => new[] { octet }));
            if (single is null)
            {
                return;
            }

            single.Should().Equal([message], "octet by octet");
            for (int split = 0; split <= example.Length; split++)
            {
                ReadStream([example[..split], example[split..]]).Should().Equal([message], $"split at {split}");
            }
        }
    }

    private (T Message, int Consumed) DecodeDone(byte[] octets)
    {
        OperationStatus status = Decode(octets, out T? message, out int consumed);
        status.Should().Be(OperationStatus.Done, Convert.ToHexString(octets));
        return (message!, consumed);
    }

    private byte[] EncodeDone(T message)
    {
        byte[] target = new byte[EncodeRoomOctets];
        Encode(message, target, out int written).Should().Be(OperationStatus.Done);
        return target[..written];
    }
}
