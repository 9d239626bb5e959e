using System.Buffers;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Cosem;

public sealed class CosemTimeTests : FramingContract<CosemTime>
{
    protected override IReadOnlyList<byte[]> Examples { get; } = ["081E0F17".Octets(), "FFFFFFFF".Octets()];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out CosemTime message, out int consumedOctets) =>
        CosemTime.Decode(source, out message, out consumedOctets, out _);

    protected override OperationStatus Encode(CosemTime message, Span<byte> target, out int writtenOctets) =>
        message.Encode(target, out writtenOctets);

    protected override CosemTime CreateRandom(Random random) => new(
        (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    [Theory]
    [InlineData("08 1E 0F 17", "08:30:15.23")]
    [InlineData("08 1E FF FF", "08:30:*.*")]
    public void Its_text_shows_what_is_unspecified(string hex, string text)
    {
        CosemTime.Decode(hex.Octets(), out CosemTime time, out _, out _);

        time.ToString().Should().Be(text);
    }
}
