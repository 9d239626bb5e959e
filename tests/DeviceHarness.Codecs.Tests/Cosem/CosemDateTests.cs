using System.Buffers;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Cosem;

public sealed class CosemDateTests : FramingContract<CosemDate>
{
    protected override IReadOnlyList<byte[]> Examples { get; } = ["07E80B1504".Octets(), "FFFFFEFDFF".Octets()];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out CosemDate message, out int consumedOctets) =>
        CosemDate.Decode(source, out message, out consumedOctets, out _);

    protected override OperationStatus Encode(CosemDate message, Span<byte> target, out int writtenOctets) =>
        message.Encode(target, out writtenOctets);

    protected override CosemDate CreateRandom(Random random) => new(
        (ushort)random.Next(0x10000), (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    [Theory]
    [InlineData("07E8 0B 15 04", "2024-11-21 Thu")]
    [InlineData("07E8 0B 15 FF", "2024-11-21")]
    [InlineData("FFFF FF FF FF", "*-*-*")]
    [InlineData("FFFF FE FE 07", "*-dst-begin-last Sun")]
    [InlineData("FFFF FD FD 07", "*-dst-end-second-last Sun")]
    [InlineData("07E8 0B 15 09", "2024-11-21 day-of-week 9")]
    public void Its_text_shows_what_is_unspecified(string hex, string text)
    {
        CosemDate.Decode(hex.Octets(), out CosemDate date, out _, out _);

        date.ToString().Should().Be(text);
    }
}
