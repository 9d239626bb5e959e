using System.Buffers;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Zcl;

public sealed class GlobalCommandTests
{
    public static TheoryData<byte, string, string> Payloads { get; } = new()
    {
        { 0x04, "870003 8600FF".Replace(" ", "", StringComparison.Ordinal), "status = 135, attr = 768, status = 134, attr = 65280" },
        { 0x06, "00 0000 42 0100 0200 01 0500 3C00", "direction = 0, attr = 0, type = 66, min_interval = 1, max_interval = 2, "
            + "direction = 1, attr = 5, timeout = 60" },
        { 0x07, "00", "status = 0" },
        { 0x07, "8C 00 0102", "status = 140, direction = 0, attr = 513" },
        { 0x08, "00 0000 01 0100", "direction = 0, attr = 0, direction = 1, attr = 1" },
        { 0x09, "00 00 0000 39 0A00 1400 0000803F 8C 00 0100", "status = 0, direction = 0, attr = 0, type = 57, min_interval = 10, "
            + "max_interval = 20, reportable_change = 0000803f, status = 140, direction = 0, attr = 1" },
        { 0x0D, "01 0000 25 1400 30", "complete = 1, attr = 0, type = 37, attr = 20, type = 48" },
        { 0x0E, "0100 00 0200 02 0100 0300", "attr = 1, indicator = 0, attr = 2, indicator = 2, index = 1, index = 3" },
        { 0x0F, "0100 01 0000 2107 00", "attr = 1, indicator = 1, index = 0, type = 33, value = 7" },
        { 0x10, "00", "status = 0" },
        { 0x10, "8E 0100 01 0500", "status = 142, attr = 1, indicator = 1, index = 5" },
        { 0x11, "00 FF", "start_command = 0, max = 255" },
        { 0x12, "01 00 0B", "complete = 1, command = 0, command = 11" },
        { 0x13, "03 10", "start_command = 3, max = 16" },
        { 0x14, "00 05", "complete = 0, command = 5" },
        { 0x15, "0000 05", "start_attr = 0, max = 5" },
        { 0x16, "00 0000 25 05", "complete = 0, attr = 0, type = 37, access = 5" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Commands_beyond_the_vectors_are_read_and_written(byte command, string hex, string fields)
    {
        byte[] payload = hex.Octets();

        OperationStatus status = GlobalCommands.Find(command)!.Layout.Read(payload, out MessageContent content, out CodecFault fault);

        (status, fault).Should().Be((OperationStatus.Done, CodecFault.None));
        string.Join(", ", ContentFlattener.Lines(content)).Should().Be(fields);
        content.ToOctets().ShouldBeHex(hex);
    }

    [Fact]
    public void Every_number_from_00_to_16_is_a_command_and_the_next_is_none()
    {
        GlobalCommands.All.Select(command => command.Id).Should().Equal(Enumerable.Range(0, 0x17).Select(id => (ushort)id));
        GlobalCommands.Find(0x17).Should().BeNull();
        GlobalCommands.Find((byte)GlobalCommand.DefaultResponse)!.Name.Should().Be("Default Response");
    }

    [Fact]
    public void A_read_and_its_response_go_there_and_back()
    {
        ZclHeader request = new(ZclFrameType.Global, ZclSide.Client, 1, (byte)GlobalCommand.ReadAttributes);
        ZclHeader answer = request.Answer(ZclFrameType.Global, (byte)GlobalCommand.ReadAttributesResponse);
        AttributeResult[] results =
        [
            new(0x0000, ZclData.Unsigned(ZclDataType.Unsigned48, 123_456_789)),
            new(0x0999, ZclStatus.UnsupportedAttribute, null),
        ];

        ZclFrame.Compose(request, GlobalCommands.Read(0x0000, 0x0200, 0x0014, 0x0301)).ShouldBeHex("0001000000000214000103");
        byte[] response = ZclFrame.Compose(answer, GlobalCommands.Values(GlobalCommand.ReadAttributesResponse, results));

        response.ShouldBeHex("18 01 01 0000 00 25 15CD5B070000 9909 86");
        ZclFrame.Read(response, out ZclFrame frame, out _);
        frame.Header.Is(GlobalCommand.ReadAttributesResponse).Should().BeTrue();
        GlobalCommands.Find(frame.Header.Command)!.Layout.Read(frame.Payload, out MessageContent read, out _);
        GlobalCommands.Results(read).Should().Equal(results);
    }

    [Fact]
    public void Of_a_response_that_was_cut_the_whole_records_are_given()
    {
        MessageLayout layout = GlobalCommands.Find((byte)GlobalCommand.ReadAttributesResponse)!.Layout;

        layout.Read("1400 00 30 02 0003".Octets(), out MessageContent content, out CodecFault fault);

        fault.Kind.Should().Be(CodecFaultKind.Truncated);
        GlobalCommands.Results(content)[0].Should().Be(new AttributeResult(0x0014, ZclData.Unsigned(ZclDataType.Enum8, 2)));
    }

    [Fact]
    public void A_manufacturers_command_keeps_its_code_in_the_answer()
    {
        ZclFrame.Read("0C5E10070B".Octets(), out ZclFrame frame, out _);

        ZclHeader answer = frame.Header.Answer(ZclFrameType.Global, (byte)GlobalCommand.DefaultResponse);
        byte[] octets = ZclFrame.Compose(answer, GlobalCommands.Default(0x0B, ZclStatus.UnsupportedManufacturerGeneralCommand));

        octets.ShouldBeHex("14 5E10 07 0B 0B 84");
    }

    [Fact]
    public void What_must_be_there_and_is_not_cannot_be_sent()
    {
        MessageContent content = GlobalCommands.Create(GlobalCommand.DefaultResponse).Set("command", 5);

        FluentActions.Invoking(() => content.ToOctets()).Should().Throw<InvalidOperationException>().WithMessage("*status*");
        FluentActions.Invoking(() => content.Set("colour", 5)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => content.Set("status", 256)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => content.Set("status", -1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => content.Number("status")).Should().Throw<InvalidOperationException>();
        content.Set("status", 0).ToOctets().ShouldBeHex("0500");
    }

    [Theory]
    [InlineData("02", CodecFaultKind.UnexpectedValue)]
    [InlineData("030001", CodecFaultKind.UnexpectedValue)]
    [InlineData("045E", CodecFaultKind.Truncated)]
    [InlineData("0001", CodecFaultKind.Truncated)]
    public void A_header_that_is_none_is_told(string hex, CodecFaultKind kind)
    {
        ZclFrame.Read(hex.Octets(), out _, out CodecFault fault);

        fault.Kind.Should().Be(kind);
    }

    [Fact]
    public void A_message_with_more_items_than_the_limit_is_refused()
    {
        byte[] payload = new byte[(MessageLayout.MaximumItems + 1) * 2];

        OperationStatus status = GlobalCommands.Find(0)!.Layout.Read(payload, out _, out CodecFault fault);

        (status, fault.Kind).Should().Be((OperationStatus.InvalidData, CodecFaultKind.LimitExceeded));
        GlobalCommands.Find(0)!.Layout.Read(payload.AsSpan(2), out _, out _).Should().Be(OperationStatus.Done);
    }
}
