using System.Buffers;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Hdlc;

public sealed class HdlcParametersTests
{
    [Fact]
    public void No_information_field_means_the_defaults()
    {
        HdlcParameters.Decode(default, out HdlcParameters parameters, out _, out _, out _).Should().Be(OperationStatus.Done);

        parameters.Should().Be(new HdlcParameters(128, 128, 1, 1));
        parameters.IsInRange.Should().BeTrue();
    }

    [Fact]
    public void Any_order_one_or_two_octets_and_missing_ones_are_read()
    {
        byte[] field = "81800B 0804 00000003 06020200 FF".Octets();

        OperationStatus status = HdlcParameters.Decode(
            field.AsSpan(0, 13), out HdlcParameters parameters, out HdlcUnknownParameters unknown, out int consumed, out CodecFault fault);

        status.Should().Be(OperationStatus.NeedMoreData, fault.ToString());
        field[2] = 0x0A;
        HdlcParameters.Decode(field, out parameters, out unknown, out consumed, out _).Should().Be(OperationStatus.Done);
        parameters.Should().Be(new HdlcParameters(128, 512, 1, 3));
        unknown.Count.Should().Be(0);
        consumed.Should().Be(13);
    }

    [Fact]
    public void Unknown_parameters_are_skipped_and_reported()
    {
        HdlcParameters.Decode("818008 0A0155 050140 0B00".Octets(), out _, out _, out _, out CodecFault fault)
            .Should().Be(OperationStatus.InvalidData);
        fault.Kind.Should().Be(CodecFaultKind.BadLength);

        HdlcParameters.Decode("818009 0A0155 050140 0B0100".Octets(), out HdlcParameters parameters,
            out HdlcUnknownParameters unknown, out _, out _)
            .Should().Be(OperationStatus.Done);

        parameters.MaximumInformationTransmitOctets.Should().Be(64);
        unknown.Should().Be(new HdlcUnknownParameters(2, 0x0A));
    }

    [Theory]
    [InlineData("80", CodecFaultKind.UnexpectedValue)]
    [InlineData("8181", CodecFaultKind.UnexpectedValue)]
    [InlineData("81", CodecFaultKind.Truncated)]
    [InlineData("8180FD0501", CodecFaultKind.Truncated)]
    [InlineData("81800105", CodecFaultKind.BadLength)]
    [InlineData("8180020505", CodecFaultKind.BadLength)]
    [InlineData("81800705050102030405", CodecFaultKind.BadLength)]
    public void A_damaged_field_is_a_fault_and_no_exception(string hex, CodecFaultKind kind)
    {
        HdlcParameters.Decode(hex.Octets(), out _, out _, out int consumed, out CodecFault fault).Should().NotBe(OperationStatus.Done);

        fault.Kind.Should().Be(kind);
        consumed.Should().Be(0);
    }

    [Fact]
    public void Values_out_of_range_are_kept_and_told()
    {
        HdlcParameters.Decode("8180040502FFFF".Octets(), out HdlcParameters parameters, out _, out _, out _)
            .Should().Be(OperationStatus.Done);

        parameters.MaximumInformationTransmitOctets.Should().Be(65535);
        parameters.IsInRange.Should().BeFalse();
        (HdlcParameters.Default with { WindowReceiveFrames = HdlcParameters.MaximumWindowFrames + 1 }).IsInRange.Should().BeFalse();
        (HdlcParameters.Default with { MaximumInformationReceiveOctets = HdlcParameters.MinimumInformationOctets - 1 }).IsInRange
            .Should().BeFalse();
    }

    [Fact]
    public void The_smaller_limit_holds_and_transmit_meets_receive()
    {
        HdlcParameters server = new(200, 300, 7, 1);
        HdlcParameters proposal = new(MaximumInformationTransmitOctets: 1024, MaximumInformationReceiveOctets: 128,
            WindowTransmitFrames: 4, WindowReceiveFrames: 2);

        server.Negotiate(proposal).Should().Be(new HdlcParameters(128, 300, 2, 1));
    }

    [Theory]
    [InlineData(false, "81801305018006020200070400000001080400000001")]
    [InlineData(true, "818014050200800602020007040000000108 0400000001")]
    public void Lengths_are_written_in_the_fewest_octets_or_always_in_two(bool isTwoOctetLengths, string expected)
    {
        byte[] target = new byte[HdlcParameters.MaximumEncodedOctets];

        OperationStatus status = new HdlcParameters(128, 512, 1, 1).Encode(target, out int written, isTwoOctetLengths);

        status.Should().Be(OperationStatus.Done);
        target[..written].ShouldBeHex(expected);
    }

    [Fact]
    public void The_longest_field_fits_its_named_size_and_not_one_octet_less()
    {
        HdlcParameters largest = new(2030, 2030, 7, 7);

        largest.Encode(new byte[HdlcParameters.MaximumEncodedOctets], out int written).Should().Be(OperationStatus.Done);
        written.Should().Be(HdlcParameters.MaximumEncodedOctets);
        largest.Encode(new byte[HdlcParameters.MaximumEncodedOctets - 1], out _).Should().Be(OperationStatus.DestinationTooSmall);
        (largest with { MaximumInformationTransmitOctets = 65536 }).Encode(new byte[64], out _).Should().Be(OperationStatus.InvalidData);
    }

    [Fact]
    public void A_frame_reject_names_the_octet_the_counters_and_the_reason()
    {
        HdlcRejectInformation sent = HdlcRejectInformation.Create(HdlcControl.Information(2, 1), 3, 5, 0x08);
        byte[] octets = new byte[HdlcRejectInformation.OctetCount];
        sent.Encode(octets, out _).Should().Be(OperationStatus.Done);

        HdlcRejectInformation.Decode(octets, out HdlcRejectInformation read, out _, out _).Should().Be(OperationStatus.Done);

        octets.ShouldBeHex("34 A6 08");
        read.Should().Be(sent);
        (read.SendState, read.ReceiveState, read.IsInvalidReceiveSequence, read.IsUndefinedControl).Should().Be((3, 5, true, false));
        HdlcRejectInformation.Decode("5400".Octets(), out _, out _, out _).Should().Be(OperationStatus.NeedMoreData);
    }
}
