using DeviceHarness.Codecs.Explain;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Tests.Hostile;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.Codecs.Tests.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Explain;

public sealed class ZigBeeExplainerTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;

    private static readonly int Inputs = TestSize.Of(suite: 4_000, large: 10_000_000);

    [Fact]
    public void A_reading_is_explained_down_to_attribute_and_unit()
    {
        string frame = "1801010000002515CD5B07000000030030000103002201000002030022E80300140000300200020018020999 86";

        Explain(ExplainLayer.Zcl, 0x0702, frame).Should().Equal(
            "0000  ZCL 0702 Metering, 01 Read Attributes Response from the server, sequence 1, default response disabled",
            "0003    attribute 0000 current_summation_delivered, status 0 Success, value uint48 123456789 = 123456.789 kWh",
            "000D    attribute 0300 unit_of_measure, status 0 Success, value enum8 0 kWh",
            "0012    attribute 0301 multiplier, status 0 Success, value uint24 1",
            "0019    attribute 0302 divisor, status 0 Success, value uint24 1000",
            "0020    attribute 0014 supply_status, status 0 Success, value enum8 2 on",
            "0025    attribute 0200 status, status 0 Success, value bitmap8 02 low battery",
            "002A    attribute 9909 not known, status 134 UnsupportedAttribute");
    }

    [Fact]
    public void A_reading_without_its_scale_says_which_attributes_scale_it()
    {
        Explain(ExplainLayer.Zcl, 0x0702, "18 02 0A 0000 25 15CD5B070000 0501 24 0500000000")[1]
            .Should().EndWith("value uint48 123456789 (x multiplier 0301 / divisor 0302, unit 0300)");
        Explain(ExplainLayer.Zcl, 0x0705, "18 02 0A 0100 2B 2EFBFFFF")[1]
            .Should().EndWith("credit_remaining, value int32 -1234 (in the currency's unit, scaled by its trailing digit)");
        Explain(ExplainLayer.Zcl, 0x0025, "18 02 0A 0000 20 0A")[1].Should().EndWith("tc_keep_alive_base, value uint8 10 min");
    }

    [Fact]
    public void A_message_in_an_EZSP_frame_is_explained_down_to_its_attributes()
    {
        IReadOnlyList<string> lines = Explain(
            ExplainLayer.Ezsp, null, "3E00013400001D4A04010207010140110000000B0D100A0000000002000301030203");

        lines[0].Should().StartWith("0000  EZSP 13 assumed command 62, SendUnicast: ");
        lines.Skip(1).Take(3).Should().Equal(
            "0000    to 4A1D, endpoint 1 to 1, profile 0104. Given to the adapter to send",
            "0000    ZCL 0702 Metering, 00 Read Attributes from the client, sequence 10, default response disabled",
            "0003      attribute 0000 current_summation_delivered");
    }

    [Fact]
    public void A_key_in_an_EZSP_frame_is_not_shown_and_a_frame_cut_short_is_malformed()
    {
        Explain(ExplainLayer.Ezsp, null, "2D00011101FFFFFFFFFFFFFFFF5A6967426565416C6C69616E6365303900").Should().ContainSingle()
            .Which.Should().Contain("ImportTransientKey").And.NotContain("5A69");

        FrameExplainer.Explain("3E900145000004010207".Octets(), new ExplainOptions(ExplainLayer.Ezsp), out bool isWellFormed)[1]
            .Should().Contain("FAULT Truncated");
        isWellFormed.Should().BeFalse();
    }

    [Fact]
    public void A_price_is_shown_in_its_currency_and_per_unit()
    {
        IReadOnlyList<string> lines = Vector("price_publish_price_se11");

        lines[0].Should().Be("0000  ZCL 0700 Price, 00 PublishPrice from the server, sequence 33");
        lines.Should().Contain("0007    rate_label 4461792052617465 \"Day Rate\"");
        lines.Should().Contain("001D    start_time 2000-01-01 00:00:00Z now");
        lines.Should().Contain("0023    price 1432500 = 14.325 GBP per kWh");
        lines.Should().Contain("0027    price_ratio invalid");
    }

    [Fact]
    public void A_top_up_and_its_fields_have_words()
    {
        Vector("prepayment_consumer_top_up_utrn20").Should().Equal(
            "0000  ZCL 0705 Prepayment, 04 ConsumerTopUp from the client, sequence 33",
            "0003    originating_device 2 in-home display",
            "0004    top_up_code 3132333435363738393031323334353637383930 \"12345678901234567890\"");
    }

    [Fact]
    public void What_a_tunnel_carries_is_explained_when_it_says_what_it_is()
    {
        IReadOnlyList<string> lines = Explain(
            ExplainLayer.Zcl, 0x0704, "012102 0100 0001 0010 0001 000D C001C100080000010000FF0200");

        lines.Should().Contain(line => line.Contains("wrapper from port 16 to port 1, 13 octets", StringComparison.Ordinal));
        lines[^1].Should().EndWith("class 8 Clock, 0-0:1.0.0.255 (clock), attribute 2 time");
    }

    [Fact]
    public void An_aps_frame_leads_to_what_it_carries()
    {
        Explain(ExplainLayer.Aps, null, "40 01 0507 0901 01 09 1809 01 0100 00 2B 2EFBFFFF").Should().Equal(
            "0000  APS Data Unicast to endpoint 1, from endpoint 1, profile 0109, cluster 0705, counter 9, acknowledgement wanted",
            "0008    ZCL 0705 Prepayment, 01 Read Attributes Response from the server, sequence 9, default response disabled",
            "000B      attribute 0001 credit_remaining, status 0 Success, value int32 -1234 "
            + "(in the currency's unit, scaled by its trailing digit)");
        Explain(ExplainLayer.Aps, null, "40 00 0580 0000 00 09 04 00 1D4A 02 01 F2")[1]
            .Should().Be("0008    ZDO 8005 Active_EP_rsp");
        Explain(ExplainLayer.Aps, null, "21 1E 0102")[1].Should().Be("0002    2 octets ciphered: 0102");
    }

    [Fact]
    public void A_zdo_message_is_explained_when_its_cluster_is_named()
    {
        Explain(ExplainLayer.Zdo, 0x0036, "0A 3C 01").Should().Equal(
            "0000  ZDO 0036 Mgmt_Permit_Joining_req",
            "0000    sequence 10",
            "0001    seconds 60",
            "0002    trust_centre_significance 1");
        Explain(ExplainLayer.Zdo, null, "0A 3C 01")[0].Should().Be("0000  ZDO message; name its cluster to have its fields");
    }

    [Fact]
    public void Passwords_and_keys_are_not_shown()
    {
        string password = "09210201000000 00000000 0100 01 08 53454352455421 21";

        string text = string.Join('\n', Explain(ExplainLayer.Zcl, 0x0708, password));

        text.Should().Contain("password (8 octets, not shown)").And.NotContain("534543").And.NotContain("SECRET");
    }

    [Theory]
    [InlineData("1801010000002515CD5B07", 0x0702, "Truncated")]
    [InlineData("18010100000005", 0x0702, "UnknownTag")]
    [InlineData("0121040214313233", 0x0705, "Truncated")]
    [InlineData("02", 0x0705, "UnexpectedValue")]
    public void What_is_malformed_is_told_and_what_came_before_it_is_still_shown(string frame, int cluster, string fault)
    {
        ExplainOptions options = new(ExplainLayer.Zcl, Cluster: (ushort)cluster);

        IReadOnlyList<string> lines = FrameExplainer.Explain(frame.Octets(), options, out bool isWellFormed);

        isWellFormed.Should().BeFalse();
        lines.Should().HaveCountGreaterThan(1);
        lines[^1].Should().Contain($"FAULT {fault}");
    }

    [Fact]
    public void Commands_that_are_not_known_are_shown_as_octets_and_are_no_fault()
    {
        Explain(ExplainLayer.Zcl, null, "01210401")[1].Should().Be("0003    1 octets payload; name its cluster to have its fields: 01");
        Explain(ExplainLayer.Zcl, 0x0705, "01217F01")[0].Should().Contain("7F command not known");
        Explain(ExplainLayer.Zcl, 0xFC00, "055E10210401")[0]
            .Should().Be("0000  ZCL cluster FC00, 04 command not known from the client, sequence 33, manufacturer 105E");
        Explain(ExplainLayer.Zcl, 0x0702, "01210C02AABB")[^1].Should().Be("0004    2 octets behind the last known field: AABB");
        Explain(ExplainLayer.Zcl, 0x0702, "082104")[^1].Should().Be("0003    no attributes");
    }

    [Fact]
    public void Every_command_of_every_cluster_is_explained_field_by_field()
    {
        foreach (ClusterCommand command in ClusterCatalogue.All.SelectMany(cluster => cluster.Commands))
        {
            byte[] frame = command.Compose(7, CommandSamples.Fill(command.Create()));

            IReadOnlyList<string> lines = FrameExplainer.Explain(
                frame, new ExplainOptions(ExplainLayer.Zcl, Cluster: command.Cluster), out bool isWellFormed);

            isWellFormed.Should().BeTrue(command.Name);
            lines[0].Should().Contain(command.Name);
            lines.Count.Should().BeGreaterThanOrEqualTo(command.Layout.Fields.Count(field => field.IsThere(command.Create())));
        }
    }

    [Fact]
    public void No_octets_make_it_throw()
    {
        output.WriteLine($"seed {Seed}");
        IReadOnlyList<TestVector> vectors = TestVector.Load("zigbee/zcl-vectors.json");
        ExplainLayer[] layers = [ExplainLayer.Zcl, ExplainLayer.Aps, ExplainLayer.Zdo];
        ushort[] zdo = [.. ZdoMessages.All.Select(message => message.Id)];
        Random random = new(Seed);
        for (int round = 0; round < Inputs; round++)
        {
            TestVector vector = vectors[random.Next(vectors.Count)];
            byte[] input = round % 2 == 0 ? Mutations.Noise(random, vector.Octets[0]) : Mutations.Mutate(random, vector.Octets);
            ExplainLayer layer = layers[round % layers.Length];
            int cluster = layer == ExplainLayer.Zdo ? zdo[random.Next(zdo.Length)] : vector.Fields.Number("cluster");

            IReadOnlyList<string> lines = FrameExplainer.Explain(input, new ExplainOptions(layer, Cluster: (ushort)cluster), out _);

            lines.Count.Should().BeInRange(1, FrameExplainer.MaximumLines + 1);
        }
    }

    private static IReadOnlyList<string> Vector(string name)
    {
        TestVector vector = TestVector.Load("zigbee/zcl-vectors.json").Single(candidate => candidate.Name == name);
        return Explain(ExplainLayer.Zcl, (ushort)vector.Fields.Number("cluster"), Convert.ToHexString(vector.Octets));
    }

    private static IReadOnlyList<string> Explain(ExplainLayer layer, ushort? cluster, string hex)
    {
        IReadOnlyList<string> lines = FrameExplainer.Explain(
            hex.Octets(), new ExplainOptions(layer, Cluster: cluster), out bool isWellFormed);
        isWellFormed.Should().BeTrue();
        return lines;
    }
}
