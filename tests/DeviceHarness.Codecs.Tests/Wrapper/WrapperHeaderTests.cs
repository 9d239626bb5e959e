using System.Buffers;
using DeviceHarness.Codecs.Wrapper;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Wrapper;

public sealed class WrapperHeaderTests : FramingContract<WrapperHeader>
{
    protected override IReadOnlyList<byte[]> Examples { get; } = ["0001001000010018".Octets(), "00010001001000FF".Octets()];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out WrapperHeader message, out int consumedOctets) =>
        WrapperHeader.Decode(source, out message, out consumedOctets, out _);

    protected override OperationStatus Encode(WrapperHeader message, Span<byte> target, out int writtenOctets) =>
        message.Encode(target, out writtenOctets);

    protected override WrapperHeader CreateRandom(Random random) => new(
        (ushort)random.Next(0x10000), (ushort)random.Next(0x10000), (ushort)random.Next(0x10000));

    [Theory]
    [InlineData("0002001000010018")]
    [InlineData("0101001000010018")]
    [InlineData("80")]
    public void Another_version_is_refused_with_its_first_octets(string hex)
    {
        WrapperHeader.Decode(hex.Octets(), out _, out _, out CodecFault fault).Should().Be(OperationStatus.InvalidData);

        (fault.Kind, fault.Expected).Should().Be((CodecFaultKind.UnexpectedValue, WrapperHeader.Version));
    }
}
