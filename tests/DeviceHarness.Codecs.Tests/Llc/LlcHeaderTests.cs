using System.Buffers;
using DeviceHarness.Codecs.Llc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Llc;

public sealed class LlcHeaderTests : FramingContract<LlcHeader>
{
    protected override IReadOnlyList<byte[]> Examples { get; } = ["E6E600".Octets(), "E6E700".Octets()];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out LlcHeader message, out int consumedOctets) =>
        LlcHeader.Decode(source, out message, out consumedOctets, out _);

    protected override OperationStatus Encode(LlcHeader message, Span<byte> target, out int writtenOctets) =>
        message.Encode(target, out writtenOctets);

    protected override LlcHeader CreateRandom(Random random) => new(random.Next(2) == 0);

    [Theory]
    [InlineData("E7E600", 0)]
    [InlineData("E6E800", 1)]
    [InlineData("E6E601", 2)]
    [InlineData("E5", 0)]
    public void Another_octet_is_refused_at_its_place(string hex, int offset)
    {
        LlcHeader.Decode(hex.Octets(), out _, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);

        (fault.Kind, fault.Offset).Should().Be((CodecFaultKind.UnexpectedValue, offset));
    }
}
