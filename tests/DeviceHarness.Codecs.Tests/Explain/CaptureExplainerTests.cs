using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Codecs.Iec62056;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Explain;

/// <summary>Captures of several messages: what one says about the next, down to attribute and unit.</summary>
public sealed class CaptureExplainerTests
{
    private const string GetEnergy = "C001C1000301000108 00FF0200";
    private const string GetScaler = "C001C2000301000108 00FF0300";

    [Fact]
    public void An_answer_is_told_with_the_attribute_that_was_asked_for_and_with_its_unit()
    {
        IReadOnlyList<string> lines = Frames(GetScaler, "C401C20002020FFE161E", GetEnergy, "C401C1000600001391");

        lines[^2].Should().EndWith("double-long-unsigned 5009");
        lines[^1].Should().EndWith("= 50.09 Wh");
        lines.Count(line => line.EndsWith(
            "of class 3 Register, 1-0:1.8.0.255 (active energy import total), attribute 2 value", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void A_value_that_came_before_its_scaler_gets_its_unit_then()
    {
        Frames(GetEnergy, "C401C1000600001391", GetScaler, "C401C20002020F03161E")[^1].Should().EndWith("the value before is 5009000 Wh");
    }

    [Fact]
    public void An_answer_without_its_request_is_still_explained()
    {
        Frames("C401C1000600001391").Should().NotContain(line => line.Contains("of class", StringComparison.Ordinal))
            .And.Contain(line => line.EndsWith("double-long-unsigned 5009", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_result_of_a_list_is_told_with_its_attribute()
    {
        IReadOnlyList<string> lines = Frames(
            "C003C1020001 00002A0000FF 02 00 0008 0000010000FF 02 00", "C403C102 00 0903414243 01 04");

        string[] told = [.. lines.TakeLast(4).Select(line => line[4..].Trim())];
        told.Should().Equal(
            "of class 1 Data, 0-0:42.0.0.255 (logical device name), attribute 2 value", "octet-string 414243 \"ABC\"",
            "of class 8 Clock, 0-0:1.0.0.255 (clock), attribute 2 time", "error 4 ObjectUndefined");
    }

    [Fact]
    public void A_long_answer_is_put_together_from_the_blocks_of_GET()
    {
        IReadOnlyList<string> lines = Frames(
            GetScaler, "C401C20002020F00161E", GetEnergy, "C402C10000000001000306 0000", "C002C100000001", "C402C1010000000200 021391");

        lines.Should().Contain(line => line.Contains("value of 5 octets from its blocks", StringComparison.Ordinal));
        lines[^1].Should().EndWith("= 5009 Wh");
    }

    [Fact]
    public void A_long_list_is_put_together_from_the_blocks_of_GET()
    {
        IReadOnlyList<string> lines = Frames(
            "C003C1020001 00002A0000FF 02 00 0001 0000600100FF 02 00", "C402C100 00000001 00 04 02001107",
            "C402C101 00000002 00 03 001108");

        lines[^1].Should().EndWith("unsigned 8");
        lines[^2].Should().Contain("0-0:96.1.0.255 (device id)");
    }

    [Fact]
    public void A_long_value_of_SET_and_a_long_parameter_of_ACTION_are_put_together()
    {
        Frames("C102C1 0001 0000600100FF 02 00 00 00000001 02 0903", "C502C100000001", "C103C1 01 00000002 03 414243")[^1]
            .Should().EndWith("octet-string 414243 \"ABC\"");
        Frames("C304C1 0009 00000A006AFF 01 00 00000001 01 12", "C704C100000001", "C306C1 01 00000002 02 0034")[^1]
            .Should().EndWith("long-unsigned 52");
        Frames("C702C1 00 00000001 02 0001", "C302C100000001", "C702C1 01 00000002 03 001107")[^1]
            .Should().EndWith("unsigned 7");
    }

    [Fact]
    public void General_blocks_are_put_together_whatever_their_first_number_and_a_repeated_one_is_told()
    {
        IReadOnlyList<string> lines = Frames(
            GetScaler, "C401C20002020F00161E", GetEnergy, "E0 41 0002 0001 04 C401C100", "E0 01 0003 0001 03 060000",
            "E0 81 0001 0002 00", "E0 01 0003 0001 03 060000", "E0 81 0004 0001 02 1391");

        lines[^1].Should().EndWith("= 5009 Wh");
        lines.Should().Contain(line => line.EndsWith("part of an APDU, 3 octets, came before", StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("APDU of 9 octets from general blocks", StringComparison.Ordinal));
    }

    [Fact]
    public void A_general_block_that_is_missing_is_told()
    {
        Frames("E0 41 0001 0000 04 C401C100", "E0 81 0003 0000 02 1391")[^1].Should().EndWith("2 octets, block 2 is missing");
    }

    [Theory]
    [InlineData("C104C102 0001 0000600100FF 02 00 000F 0000280000FF 07 00 02 0903414243 0904 73656372")]
    [InlineData("C102C1 000F 0000280000FF 07 00 00 00000001 04 09047365", "C103C1 01 00000002 02 6372")]
    [InlineData("C105C102 0001 0000600100FF 0200 000F 0000280000FF 0700 00 00000001 06 020903414243",
        "C103C1 01 00000002 06 0904 73656372")]
    [InlineData("C303C102 0009 00000A006AFF 01 0073 0000132800FF 01 02 120034 0904 73656372")]
    [InlineData("C304C1 0073 0000132800FF 01 00 00000001 04 09047365", "C306C1 01 00000002 02 6372")]
    [InlineData("C001C1 0073 0000132800FF 02 00", "C401C100 0904 73656372")]
    [InlineData("E001 0001 0000 0C C101C1000F0000280000FF07", "E081 0002 0000 07 00 0904 73656372")]
    public void A_secret_is_not_shown_in_lists_and_blocks_either(params string[] apdus)
    {
        string text = string.Join('\n', Frames(apdus));

        text.Should().Contain("not shown").And.NotContain("7365").And.NotContain("6372").And.NotContain("secr\"");
    }

    [Fact]
    public void Several_messages_of_the_wrapper_are_explained_and_missing_octets_are_a_fault()
    {
        const string request = "0001001000010003D80102";

        IReadOnlyList<string> lines = FrameExplainer.Explain((request + request).Octets(), out bool isWhole);
        IReadOnlyList<string> cut = FrameExplainer.Explain("0001001000010005D80102".Octets(), out bool isCutWhole);

        lines.Count(line => line.Contains("exception-response", StringComparison.Ordinal)).Should().Be(2);
        cut.Should().Contain(line => line.Contains("2 octets are missing", StringComparison.Ordinal));
        (isWhole, isCutWhole).Should().Be((true, false));
    }

    [Fact]
    public void A_sign_on_that_still_has_its_parity_bits_is_explained_with_the_frame_behind_it()
    {
        byte[] signOn = "2F3F210D0A".Octets();
        EvenParity.Add(signOn);

        IReadOnlyList<string> lines = FrameExplainer.Explain([.. signOn, .. "7EA0070321930F017E".Octets()], out bool isWellFormed);

        isWellFormed.Should().BeTrue();
        lines[0].Should().EndWith("parity bits in bit 7, taken away");
        lines[1].Should().EndWith("request message to any device");
        lines[^1].Should().Contain("HDLC SNRM");
    }

    [Theory]
    [InlineData("FF", false)]
    [InlineData("C2000003", false)]
    [InlineData("E00100", false)]
    [InlineData("2F3F2100", false)]
    [InlineData("D90000000000", true)]
    [InlineData("C2 00 00 03 01 00 01 08 00 FF 02 06 00 00 6C 20", true)]
    public void What_is_malformed_is_told_apart_from_what_is_not(string hex, bool expected)
    {
        FrameExplainer.Explain(hex.Octets(), out bool isWellFormed);

        isWellFormed.Should().Be(expected);
    }

    [Fact]
    public void Segments_of_both_directions_are_kept_apart()
    {
        byte[] request = [0xE6, 0xE6, 0x00, .. GetEnergy.Octets()];
        byte[] answer = [0xE6, 0xE7, 0x00, .. "C401C1000600001391".Octets()];
        byte[] capture =
        [
            .. Frame(request[..9], isFromServer: false, isSegmented: true), .. Frame(answer[..5], isFromServer: true, isSegmented: true),
            .. Frame(request[9..], isFromServer: false, isSegmented: false), .. Frame(answer[5..], isFromServer: true, isSegmented: false),
        ];

        IReadOnlyList<string> lines = FrameExplainer.Explain(capture, out bool isWellFormed);

        isWellFormed.Should().BeTrue(string.Join('\n', lines));
        lines[^1].Should().EndWith("double-long-unsigned 5009");
        lines[^2].Should().Contain("of class 3 Register");
    }

    /// <summary>Each APDU in a frame of its own.</summary>
    private static IReadOnlyList<string> Frames(params string[] apdus)
    {
        byte[] capture = [.. apdus.SelectMany(hex =>
        {
            byte[] apdu = hex.Octets();
            bool isFromServer = (ApduTag)apdu[0] is ApduTag.GetResponse or ApduTag.SetResponse or ApduTag.ActionResponse;
            return Frame([0xE6, (byte)(isFromServer ? 0xE7 : 0xE6), 0x00, .. apdu], isFromServer, isSegmented: false);
        })];
        IReadOnlyList<string> lines = FrameExplainer.Explain(capture, out bool isWellFormed);
        isWellFormed.Should().BeTrue(string.Join('\n', lines));
        return lines;
    }

    private static byte[] Frame(byte[] information, bool isFromServer, bool isSegmented)
    {
        HdlcAddress server = HdlcAddress.Server(1);
        HdlcAddress client = HdlcAddress.Client(16);
        byte[] target = new byte[HdlcFrameCodec.MaximumFrameOctets];
        HdlcFrame frame = new(
            isFromServer ? client : server, isFromServer ? server : client, HdlcControl.Information(0, 0), information, isSegmented);
        HdlcFrameCodec.Encode(frame, target, out int written);
        return target[..written];
    }
}
