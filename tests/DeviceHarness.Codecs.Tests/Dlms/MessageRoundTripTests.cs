using System.Buffers;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Dlms;

/// <summary>The forms that no vector has: encoded by hand from the standard's grammar, decoded and encoded again.</summary>
public sealed class MessageRoundTripTests
{
    private delegate OperationStatus Pass(ReadOnlySpan<byte> source, Span<byte> target, out int consumedOctets, out int writtenOctets);

    private static readonly Dictionary<byte, Pass> Passes = new()
    {
        [0x60] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = Aarq.Decode(source, out Aarq message, out consumed, out _);
            Aarq.Encode(message, target, out written);
            return status;
        },
        [0x61] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = Aare.Decode(source, out Aare message, out consumed, out _);
            Aare.Encode(message, target, out written);
            return status;
        },
        [0x01] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = InitiateRequest.Decode(source, out InitiateRequest message, out consumed, out _);
            InitiateRequest.Encode(message, target, out written);
            return status;
        },
        [0x62] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = Rlrq.Decode(source, out Rlrq message, out consumed, out _);
            Rlrq.Encode(message, target, out written);
            return status;
        },
        [0xC1] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = SetRequest.Decode(source, out SetRequest message, out consumed, out _);
            SetRequest.Encode(message, target, out written);
            return status;
        },
        [0xC3] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = ActionRequest.Decode(source, out ActionRequest message, out consumed, out _);
            ActionRequest.Encode(message, target, out written);
            return status;
        },
        [0xC5] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = SetResponse.Decode(source, out SetResponse message, out consumed, out _);
            SetResponse.Encode(message, target, out written);
            return status;
        },
        [0xC7] = (source, target, out consumed, out written) =>
        {
            OperationStatus status = ActionResponse.Decode(source, out ActionResponse message, out consumed, out _);
            ActionResponse.Encode(message, target, out written);
            return status;
        },
    };

    [Theory]
    [InlineData("C103C1 01 00000002 03 AABBCC")]
    [InlineData("C104C1 02 000100002A0000FF0200 000800000100 00FF0200 02 1101 120002")]
    [InlineData("C105C1 01 000100002A0000FF0200 00 00000001 02 0101")]
    [InlineData("C102C1 000700 0063 0100FF02 01 01 0600000001 01 00000001 01 00")]
    [InlineData("C504C1 02 0003 00000007")]
    [InlineData("C505C1 02 000C")]
    [InlineData("C302C1 00000003")]
    [InlineData("C303C1 02 004600006003 0AFF01 004600006003 0AFF02 02 0F00 00")]
    [InlineData("C304C1 001200002C0000FF02 00 00000001 02 0202")]
    [InlineData("C305C1 01 001200002C0000FF02 00 00000001 02 0202")]
    [InlineData("C702C1 01 00000002 01 FF")]
    [InlineData("C703C1 03 00 00 03 00 00 01 00 1105")]
    [InlineData("C704C1 00000009")]
    [InlineData("6010 A109060760857405080101 A903020107")]
    [InlineData("6117 A109060760857405080102 A203020102 A305A203020102")]
    [InlineData("6200")]
    [InlineData("01 00 0100 0105 06 5F1F0400FFFFFF FFFF")]
    public void A_form_without_a_vector_comes_back_octet_for_octet(string hex)
    {
        byte[] source = hex.Octets();
        byte[] target = new byte[source.Length];

        OperationStatus status = Passes[source[0]](source, target, out int consumed, out int written);

        status.Should().Be(OperationStatus.Done);
        (consumed, written).Should().Be((source.Length, source.Length));
        target.ShouldBeHex(hex);
    }

    [Theory]
    [InlineData("C104C1 02 000100002A0000FF0200 000800000100 00FF0200 01 1101")]
    [InlineData("C303C1 01 004600006003 0AFF01 02 0F00 00")]
    public void Two_lists_of_one_request_have_one_length(string hex)
    {
        byte[] source = hex.Octets();

        Passes[source[0]](source, new byte[64], out _, out _).Should().Be(OperationStatus.InvalidData);
    }

    [Theory]
    [InlineData("0000065F0400007E1F04B0")]
    [InlineData("0000065F1F0400007E1F04B0")]
    public void A_conformance_block_without_the_second_tag_octet_is_accepted(string tail)
    {
        OperationStatus status = InitiateRequest.Decode(("0100" + tail).Octets(), out InitiateRequest request, out _, out _);

        status.Should().Be(OperationStatus.Done);
        ((int)request.Conformance).Should().Be(0x007E1F);
    }

    [Fact]
    public void An_association_field_of_128_octets_gets_a_long_length()
    {
        byte[] title = new byte[200];
        byte[] target = new byte[512];

        Aarq.Encode(new Aarq { Context = ApplicationContext.LogicalName, UserInformation = title }, target, out int written)
            .Should().Be(OperationStatus.Done);

        target[..4].ShouldBeHex("60 81 D9 A1");
        Aarq.Decode(target.AsSpan(0, written), out Aarq read, out int consumed, out _).Should().Be(OperationStatus.Done);
        consumed.Should().Be(written);
        read.UserInformation.Length.Should().Be(title.Length);
    }

    [Theory]
    [InlineData("601DA10B060760857405080101BE10040E01000000065F1F0400007E1F04B0")]
    [InlineData("6110A109060760857405080101A30 5A103020100")]
    public void A_wrong_length_inside_an_association_or_a_missing_result_is_a_fault(string hex)
    {
        byte[] source = hex.Octets();

        Passes[source[0]](source, new byte[64], out _, out _).Should().NotBe(OperationStatus.Done);
    }

    [Fact]
    public void An_unknown_context_and_mechanism_are_told_so_that_they_can_be_refused()
    {
        Aarq.Decode("6014A109060760857405080109 8B0760857405080209".Octets(), out Aarq aarq, out _, out CodecFault fault)
            .Should().Be(OperationStatus.Done, fault.ToString());

        aarq.Context.Should().Be(ApplicationContext.Unknown);
        aarq.Mechanism.Should().Be(AuthenticationMechanism.Unknown);
    }

    [Theory]
    [InlineData("0F00000001 090C 07EA0B16FF010203FF000000 1101")]
    [InlineData("0F00000001 0C 07EA0B16FF010203FF000000 1101")]
    public void A_notification_with_or_without_a_tag_before_its_time_is_the_same(string hex)
    {
        DataNotification.Decode(hex.Octets(), out DataNotification push, out _, out _).Should().Be(OperationStatus.Done);

        push.DateTime.Length.Should().Be(12);
        push.Data.ShouldBeHex("1101");
    }

    [Fact]
    public void The_invocation_counter_of_an_exception_may_be_missing()
    {
        ExceptionResponse.Decode("D80106".Octets(), out ExceptionResponse response, out int consumed, out _)
            .Should().Be(OperationStatus.Done);

        (response.ExpectedInvocationCounter, consumed).Should().Be((null, 3));
    }
}
