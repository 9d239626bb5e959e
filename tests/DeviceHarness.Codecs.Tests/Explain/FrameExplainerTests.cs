using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Explain;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Explain;

public sealed class FrameExplainerTests
{
    [Fact]
    public void A_request_in_a_frame_is_explained_down_to_the_attribute()
    {
        Explain("7EA0190321D4575AE6E600C001C1000100002A0000FF020012807E").Should().Equal(
            "0001  HDLC I N(S)=2 N(R)=6 P/F, destination 1, source 16, length 25",
            "0008    LLC E6E600, from the client",
            "000B    get-request Normal, invoke 1 confirmed high",
            "000E      class 1 Data, 0-0:42.0.0.255 (logical device name), attribute 2 value");
    }

    [Fact]
    public void Values_show_their_moment_their_unit_and_their_text()
    {
        Explain("C401C100090C07E20207030B2A2500FFC400")[^1].Should().EndWith("= 2018-02-07 Wed 11:42:37.00 deviation -60 status 00");
        Explain("C401C10002020FFE161E")[1].Should().Be("0004    structure of 2 = scaler and unit x10^-2 Wh");
        Explain("C401C1000910475258303030303030303132333435 36")[1].Should().EndWith("\"GRX0000000123456\"");
    }

    [Fact]
    public void A_segmented_message_is_put_together()
    {
        TestVector vector = TestVector.Load("dlms/dlms-vectors.json").Single(candidate => candidate.Layer == "hdlc-segmentation");
        byte[] frames = [.. vector.Fields.GetProperty("frames").EnumerateArray().SelectMany(frame =>
            frame.GetProperty("hex").GetString()!.Octets())];

        IReadOnlyList<string> lines = FrameExplainer.Explain(frames);

        lines.Should().Contain(line => line.Contains("reassembled message of 1024 octets", StringComparison.Ordinal));
        lines.Should().Contain(line => line.Contains("get-response WithDatablock", StringComparison.Ordinal));
        lines.Count(line => line.Contains("RR N(R)=", StringComparison.Ordinal)).Should().Be(8);
    }

    [Fact]
    public void A_fault_names_its_offset_and_clause_and_the_next_frame_is_still_explained()
    {
        IReadOnlyList<string> lines = Explain("7EA0190321D4575AE6E600C001C1000100002A0000FF030012807E" + "7EA0070321930F017E");

        lines
            .Should().Contain(line =>
                line.StartsWith("0018", StringComparison.Ordinal) && line.Contains("FAULT BadChecksum", StringComparison.Ordinal));
        lines[^1].Should().Contain("HDLC SNRM P/F");
    }

    [Theory]
    [InlineData("000100100001001F601DA109060760857405080101BE10040E01000000065F1F0400007016FFFF",
        "wrapper from port 16 to port 1, 31 octets")]
    [InlineData("A0070321930F01", "HDLC frame without flags")]
    [InlineData("E6E700D80102", "exception-response 1 ServiceNotAllowed, 2 ServiceNotSupported")]
    [InlineData("6311800100BE0F040E0800065F1F0400421E5D04000007", "FAULT BadLength")]
    [InlineData("7EA00F0300022C29971B60540010743F7E", "rejected I N(S)=2 N(R)=2 P/F")]
    [InlineData("7EA01E210373C37A818012050180060180070400000001080400000001533B7E", "information transmit 128, receive 128 octets")]
    [InlineData("C81E1001234567C0010000080000010000FF020006725D910F9221D263877516", "invocation counter 19088743")]
    [InlineData("C701C10200", "result 2 TemporaryFailure")]
    [InlineData("C301C10046000060030AFF01010F00", "method 1 remote_disconnect")]
    [InlineData("C105", "FAULT Truncated")]
    [InlineData("FF", "unknown APDU tag FF")]
    [InlineData("7EA0", "incomplete HDLC frame")]
    [InlineData("", "no octets")]
    [InlineData("7E7E7E", "only flags")]
    [InlineData("C401C1000600001391AABB", "octets after the APDU: AABB")]
    [InlineData("C401C1000600001391AABB", "FAULT TrailingOctets: expected 9 found B")]
    public void Each_kind_of_octets_is_recognised(string hex, string expected)
    {
        Explain(hex).Should().Contain(line => line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_password_and_a_dedicated_key_are_not_shown()
    {
        const string lls =
            "6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363738BE10040E01000000065F1F0400007E1F04B0";
        string password = string.Join('\n', Explain(lls));
        string key = string.Join('\n', Explain("01011000112233445566778899AABBCCDDEEFF0000065F1F0400007E1F04B0"));

        password.Should().Contain("password of 8 octets").And.NotContain("3132333435363738").And.NotContain("12345678");
        key.Should().Contain("dedicated key of 16 octets").And.NotContain("00112233");
    }

    [Fact]
    public void A_long_explanation_is_cut_at_the_limit()
    {
        byte[] value = new byte[FrameExplainer.MaximumLines + 100];
        AxdrWriter writer = new(value);
        writer.WriteOctets("C401C100".Octets());
        writer.WriteArray(FrameExplainer.MaximumLines + 10);

        IReadOnlyList<string> lines = FrameExplainer.Explain(value);

        lines.Should().HaveCount(FrameExplainer.MaximumLines + 1);
        lines[^1].Should().Contain("cut after");
    }

    [Fact]
    public void Every_vector_is_explained_and_the_valid_ones_without_a_fault()
    {
        string[] layers = ["hdlc-frame", "acse", "initiate", "xdlms", "xdlms-error", "xdlms-notify", "gbt", "wrapper"];
        foreach (TestVector vector in TestVector.Load("dlms/dlms-vectors.json"))
        {
            IReadOnlyList<string> lines = FrameExplainer.Explain(vector.Octets);

            lines.Should().NotBeEmpty(vector.Name);
            if (vector.IsValid && layers.Contains(vector.Layer))
            {
                lines.Should().NotContain(line => line.Contains("FAULT", StringComparison.Ordinal), vector.Name);
                lines.Should().NotContain(line => line.Contains("unknown", StringComparison.Ordinal), vector.Name);
            }
        }
    }

    private static IReadOnlyList<string> Explain(string hex) => FrameExplainer.Explain(hex.Octets());
}
