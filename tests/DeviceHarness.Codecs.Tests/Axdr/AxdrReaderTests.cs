using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Axdr;

public sealed class AxdrReaderTests
{
    [Theory]
    [InlineData(AxdrReader.MaximumDepth, OperationStatus.Done)]
    [InlineData(AxdrReader.MaximumDepth + 1, OperationStatus.InvalidData)]
    public void Nesting_is_bounded(int depth, OperationStatus expected)
    {
        byte[] nested = [.. Enumerable.Repeat<byte[]>([0x02, 0x01], depth).SelectMany(head => head), 0x00];
        AxdrReader reader = new(nested);

        reader.TrySkipValue(out _).Should().Be(expected == OperationStatus.Done);

        reader.Status.Should().Be(expected);
        DlmsDataCodec.Decode(nested, out _, out _, out CodecFault fault).Should().Be(expected);
        fault.Kind.Should().Be(expected == OperationStatus.Done ? CodecFaultKind.None : CodecFaultKind.LimitExceeded);
    }

    [Theory]
    [InlineData("83FFFFFF", AxdrReader.MaximumLength)]
    [InlineData("7F", 127)]
    [InlineData("8180", 128)]
    [InlineData("8400000005", 5)]
    public void Lengths_up_to_the_limit_are_read(string hex, int expected)
    {
        AxdrReader reader = new(hex.Octets());

        reader.TryReadLength(out int length).Should().BeTrue();

        length.Should().Be(expected);
    }

    [Theory]
    [InlineData("8401000000", CodecFaultKind.LimitExceeded)]
    [InlineData("80", CodecFaultKind.BadLength)]
    [InlineData("850000000001", CodecFaultKind.BadLength)]
    [InlineData("82FF", CodecFaultKind.Truncated)]
    public void Other_lengths_are_faults(string hex, CodecFaultKind kind)
    {
        AxdrReader reader = new(hex.Octets());

        reader.TryReadLength(out _).Should().BeFalse();

        reader.Fault.Kind.Should().Be(kind);
        reader.TryReadOctet(out _).Should().BeFalse("the first defect stops the reader");
    }

    [Fact]
    public void A_count_larger_than_the_octets_left_reserves_nothing()
    {
        byte[] hostile = "0183FFFFFF00".Octets();
        long before = GC.GetAllocatedBytesForCurrentThread();

        OperationStatus status = DlmsDataCodec.Decode(hostile, out _, out _, out _);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1024);
        status.Should().Be(OperationStatus.NeedMoreData);
    }

    [Fact]
    public void The_writer_refuses_what_cannot_be_encoded_and_says_when_it_is_full()
    {
        byte[] target = new byte[4];
        AxdrWriter full = new(target);
        AxdrWriter length = new(target);
        AxdrWriter text = new(new byte[16]);
        AxdrWriter bits = new(new byte[16]);

        full.WriteDoubleLongUnsigned(1);
        full.WriteNull();
        length.WriteLength(AxdrReader.MaximumLength + 1);
        text.WriteVisibleString("£5");
        bits.WriteBitString([0xFF], 9);

        full.Complete(out int written).Should().Be(OperationStatus.DestinationTooSmall);
        written.Should().Be(0);
        length.Status.Should().Be(OperationStatus.InvalidData);
        text.Status.Should().Be(OperationStatus.InvalidData);
        bits.Status.Should().Be(OperationStatus.InvalidData);
    }
}
