using System.Buffers;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class GetRequestTests : FramingContract<GetRequestTests.Snapshot>
{
    /// <summary>A request by value.</summary>
    public sealed record Snapshot(
        GetRequestChoice Choice, byte InvokeId, CosemAttributeDescriptor Attribute, int Selector, string Parameters, uint Block,
        int Count, string List);

    protected override IReadOnlyList<byte[]> Examples { get; } =
    [
        "C001C1000100002B0100FF0200".Octets(),
        "C002C100000001".Octets(),
        "C003C102000100002A0000FF020000080000010000FF0200".Octets(),
        "C001C100070100630100FF020102020406000000010600000003120001120000".Octets(),
    ];

    protected override bool HasChecksum => false;

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out Snapshot? message, out int consumedOctets)
    {
        OperationStatus status = GetRequest.Decode(source, out GetRequest request, out consumedOctets, out CodecFault fault);
        (fault.Kind == CodecFaultKind.None).Should().Be(status == OperationStatus.Done);
        message = new(
            request.Choice,
            request.InvokeId.Octet,
            request.Attribute,
            request.Selection.IsPresent ? request.Selection.Selector : -1,
            Convert.ToHexString(request.Selection.Parameters),
            request.BlockNumber,
            request.ListCount,
            Convert.ToHexString(request.EncodedList));
        return status;
    }

    protected override OperationStatus Encode(Snapshot message, Span<byte> target, out int writtenOctets)
    {
        InvokeIdAndPriority invokeId = new(message.InvokeId);
        SelectiveAccess selection = message.Selector < 0 ? default : new((byte)message.Selector, Convert.FromHexString(message.Parameters));
        GetRequest request = message.Choice switch
        {
            GetRequestChoice.Normal => GetRequest.Normal(invokeId, message.Attribute, selection),
            GetRequestChoice.Next => GetRequest.Next(invokeId, message.Block),
            _ => GetRequest.WithList(invokeId, message.Count, Convert.FromHexString(message.List)),
        };
        return GetRequest.Encode(request, target, out writtenOctets);
    }

    protected override Snapshot CreateRandom(Random random)
    {
        CosemAttributeDescriptor attribute =
            new((ushort)random.Next(65536), ObisCode.Parse("1-0:99.1.0.255"), (sbyte)random.Next(-128, 128));
        byte invokeId = (byte)random.Next(256);
        return random.Next(4) switch
        {
            0 => new(GetRequestChoice.Normal, invokeId, attribute, -1, "", 0, 0, ""),
            1 => new(GetRequestChoice.Normal, invokeId, attribute, random.Next(256), "1200FF", 0, 0, ""),
            2 => new(GetRequestChoice.Next, invokeId, default, -1, "", (uint)random.NextInt64(uint.MaxValue), 0, ""),
            _ => new(GetRequestChoice.WithList, invokeId, default, -1, "", 0, 2, "000100002A0000FF020000080000010000FF0200"),
        };
    }

    [Fact]
    public void The_items_of_a_list_are_read_one_by_one()
    {
        GetRequest.Decode(Examples[2], out GetRequest request, out _, out _);
        AxdrReader reader = new(request.EncodedList);
        List<string> items = [];

        while (reader.RemainingOctets > 0
            && CosemAttributeDescriptor.TryRead(ref reader, out CosemAttributeDescriptor item)
            && SelectiveAccess.TryRead(ref reader, out _))
        {
            items.Add(item.ToString());
        }

        items.Should().Equal("1, 0-0:42.0.0.255, 2", "8, 0-0:1.0.0.255, 2");
    }

    [Fact]
    public void A_list_longer_than_the_octets_is_refused_before_it_is_read()
    {
        OperationStatus status = GetRequest.Decode("C003C183FFFFFF00".Octets(), out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.NeedMoreData);
        fault.Kind.Should().Be(CodecFaultKind.Truncated);
        fault.Expected.Should().BeGreaterThan(0xFFFFFF);
    }

    [Theory]
    [InlineData("C101C1000100002B0100FF0200", 0)]
    [InlineData("C004C1000100002B0100FF0200", 1)]
    [InlineData("C001C1000100002B0100FF0202", 12)]
    [InlineData("C001C1000100002B0100FF020101FE", 14)]
    public void A_wrong_tag_choice_flag_or_type_is_named_by_its_offset(string hex, int offset)
    {
        OperationStatus status = GetRequest.Decode(hex.Octets(), out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        fault.Offset.Should().Be(offset);
        fault.Clause.Should().NotBeEmpty();
    }
}
