using System.Buffers;
using DeviceHarness.Codecs.Crc;
using DeviceHarness.Codecs.Modbus;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Modbus;

public sealed class ModbusFrameTests
{
    public static TheoryData<TestVector> Vectors =>
        [.. TestVector.Load("power/relay-vectors.json").Where(vector => vector.Layer == "Modbus")];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Messages_of_boards_decode_to_what_their_makers_say_and_encode_to_the_same(TestVector vector)
    {
        OperationStatus status = ModbusFrame.ReadWhole(vector.Octets, out ModbusFrame frame, out CodecFault fault);

        (status == OperationStatus.Done).Should().Be(vector.IsValid);
        if (!vector.IsValid)
        {
            fault.Kind.Should().Be(CodecFaultKind.BadChecksum);
            return;
        }

        frame.Address.Should().Be(vector.Fields.GetProperty("address").GetByte());
        frame.Function.Should().Be(vector.Fields.GetProperty("function").GetByte());
        frame.Data.ToArray().Should().Equal(vector.Fields.GetProperty("data").GetString()!.Octets());
        frame.Encode().Should().Equal(vector.Octets);
    }

    [Fact]
    public void The_check_value_of_the_nine_digits_is_the_published_one() =>
        Crc16Modbus.Compute("313233343536373839".Octets()).Should().Be(0x4B37);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(257)]
    public void What_is_no_whole_frame_is_refused(int octets)
    {
        OperationStatus status = ModbusFrame.ReadWhole(new byte[octets], out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.BadLength);
    }

    [Fact]
    public void Every_flipped_bit_of_a_frame_is_found()
    {
        byte[] sound = ModbusFrame.OfTwo(1, ModbusFrame.WriteSingleCoil, 3, ModbusFrame.CoilOn).Encode();
        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            byte[] damaged = [.. sound];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));

            ModbusFrame.ReadWhole(damaged, out _, out _).Should().Be(OperationStatus.InvalidData);
        }
    }

    [Fact]
    public void Hostile_octets_are_refused_without_an_exception()
    {
        Random random = new(20_261_123);
        byte[] octets = new byte[ModbusFrame.MaximumOctets + 8];
        int count = TestSize.Of(100_000, 10_000_000);
        for (int turn = 0; turn < count; turn++)
        {
            Span<byte> part = octets.AsSpan(0, random.Next(octets.Length + 1));
            random.NextBytes(part);
            if (ModbusFrame.ReadWhole(part, out ModbusFrame frame, out _) == OperationStatus.Done)
            {
                frame.Encode().AsSpan().SequenceEqual(part).Should().BeTrue();
            }
        }
    }

    [Fact]
    public void More_data_than_a_frame_takes_is_not_encoded()
    {
        Action encode = () => new ModbusFrame(1, 5, new byte[ModbusFrame.MaximumOctets]).Encode();

        encode.Should().Throw<InvalidOperationException>();
    }
}
