using System.Buffers;
using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Tests.Decoders;
using DeviceHarness.Codecs.Tests.Zcl;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.SmartEnergy;

public sealed class ClusterCatalogueTests
{
    public static TheoryData<ushort, string> Clusters { get; } = new()
    {
        { 0x0000, "Basic 0/1 14/0" },
        { 0x0003, "Identify 1/2 1/0" },
        { 0x0009, "Alarms 2/4 1/0" },
        { 0x000A, "Time 0/0 10/0" },
        { 0x0019, "OTA Upgrade 5/5 0/13" },
        { 0x0025, "Keep-Alive 0/0 2/0" },
        { 0x0700, "Price 15/17" },
        { 0x0701, "Demand Response and Load Control 3/2 0/4" },
        { 0x0702, "Metering 14/15" },
        { 0x0703, "Messaging 4/3 0/0" },
        { 0x0704, "Tunneling 7/7 1/0" },
        { 0x0705, "Prepayment 5/12" },
        { 0x0707, "Calendar 6/6 8/0" },
        { 0x0708, "Device Management 7/6" },
        { 0x0709, "Events 3/2 0/0" },
        { 0x0800, "Key Establishment 4/4 1/1" },
    };

    [Theory]
    [MemberData(nameof(Clusters))]
    public void Each_cluster_has_the_commands_and_attributes_that_the_profile_lists(ushort id, string expected)
    {
        Cluster cluster = ClusterCatalogue.Find(id)!;

        int server = cluster.Commands.Count(command => command.From == ZclSide.Server);
        int serverAttributes = cluster.Attributes.Count(attribute => attribute.Side == ZclSide.Server);

        $"{cluster.Name} {server}/{cluster.Commands.Count() - server} {serverAttributes}/{cluster.Attributes.Count() - serverAttributes}"
            .Should().StartWith(expected);
        cluster.NeedsLinkKey.Should().Be(id is not (0x0000 or 0x0003 or 0x0009 or 0x0800));
        cluster.Attributes.Where(attribute => attribute.Type.ContentOctets() == ZclDataTypeFacts.Unknown).Should().BeEmpty();
    }

    [Fact]
    public void Every_command_with_every_field_goes_there_and_back_and_each_cut_is_told_or_is_an_earlier_edition()
    {
        ClusterCommand[] commands = [.. ClusterCatalogue.All.SelectMany(cluster => cluster.Commands)];
        commands.Should().HaveCountGreaterThan(150);
        foreach (ClusterCommand command in commands)
        {
            byte[] frame = command.Compose(7, CommandSamples.Fill(command.Create()));

            ZclFrame.Read(frame, out ZclFrame read, out _).Should().Be(OperationStatus.Done);
            ClusterCatalogue.Find(command.Cluster, read.Header).Should().Be(command.Definition);
            OperationStatus status = command.Layout.Read(read.Payload, out MessageContent content, out CodecFault fault);

            (status, fault).Should().Be((OperationStatus.Done, CodecFault.None), command.Name);
            content.Fields.Where(field => field.IsThere(content) && !content.Has(field.Name)).Should().BeEmpty(command.Name);
            content.ToOctets().Should().Equal(read.Payload.ToArray(), command.Name);
            for (int length = 0; length < frame.Length; length++)
            {
                ZclSamples.Verify(command.Cluster, frame.AsSpan(0, length)).Should().BeNull($"{command.Name} cut to {length}");
            }
        }
    }

    [Fact]
    public void Octets_behind_the_last_known_field_are_kept()
    {
        ClusterCommand command = ClusterCatalogue.Metering.Command("LocalChangeSupply", ZclSide.Client);

        command.Layout.Read([0x02, 0xAA, 0xBB], out MessageContent content, out _).Should().Be(OperationStatus.Done);

        content.Trailing.ToArray().Should().Equal(0xAA, 0xBB);
        content.ToOctets().Should().Equal(0x02, 0xAA, 0xBB);
    }

    [Fact]
    public void A_price_is_sent_in_the_edition_that_the_device_understands()
    {
        ClusterCommand command = ClusterCatalogue.Price.Command("PublishPrice", ZclSide.Server);
        MessageContent price = CommandSamples.Fill(command.Create());

        int[] lengths =
        [
            .. new[] { ProfileLevel.SmartEnergy10, ProfileLevel.SmartEnergy11, ProfileLevel.SmartEnergy12 }
                .Select(level => price.ToOctets(level).Length),
        ];

        // The fields that every edition has, then 6, 8 and 5 octets more.
        int mandatory = 4 + 1 + price.Octets("rate_label").Length + 4 + 4 + 1 + 2 + 1 + 1 + 4 + 2 + 4;
        lengths.Should().Equal(mandatory + 6, mandatory + 14, mandatory + 19);
    }

    [Fact]
    public void An_optional_field_in_front_of_one_that_is_sent_says_that_it_has_no_value()
    {
        ClusterCommand command = ClusterCatalogue.Price.Command("PublishPrice", ZclSide.Server);
        TestVector vector = TestVector.Load("zigbee/zcl-vectors.json").Single(candidate => candidate.Name == "price_publish_price_se11");
        ZclFrame.Read(vector.Octets, out ZclFrame frame, out _);
        command.Layout.Read(frame.Payload, out MessageContent whole, out _);
        MessageContent sparse = command.Create();
        foreach (LayoutField field in whole.Fields.Where(field => whole.Has(field.Name) && whole.Value(field.Name) is { IsInvalid: false }))
        {
            sparse.Set(field.Name, whole.Value(field.Name));
        }

        sparse.Set("duration_minutes", 0xFFFF).Set("alternate_cost_trailing_digit", 0xFF);
        sparse.Has("generation_price").Should().BeFalse();

        sparse.ToOctets().Should().Equal(frame.Payload.ToArray());
    }

    [Fact]
    public void Rows_of_attributes_have_the_numbers_of_the_profile()
    {
        Cluster metering = ClusterCatalogue.Metering;

        metering.Attribute(ZclSide.Server, 0x0102)!.Name.Should().Be("current_tier_2_summation_delivered");
        metering.Attribute(ZclSide.Server, 0x015E)!.Name.Should().Be("current_tier_48_summation_delivered");
        metering.Attribute(ZclSide.Server, 0x0721)!.Name.Should().Be("current_tier_2_block_2_summation_delivered");
        metering.Attribute(ZclSide.Server, 0x042D)!.Name.Should().Be("previous_day_8_consumption_received");
        metering.Attribute(ZclSide.Server, 0x045B)!.Name.Should().Be("previous_month_13_consumption_received");
        metering.Attribute(ZclSide.Server, 0x0000).Should().Be(new AttributeDefinition(
            0x0702, ZclSide.Server, 0, "current_summation_delivered", ZclDataType.Unsigned48,
            AttributeAccess.Read | AttributeAccess.Report, "summation"));
        ClusterCatalogue.Price.Attribute(ZclSide.Server, 0x052F)!.Name.Should().Be("tier_48_price");
        ClusterCatalogue.Prepayment.Attribute(ZclSide.Server, 0x0143)!.Name.Should().Be("top_up_code_5");
        ClusterCatalogue.Prepayment.Attribute(ZclSide.Server, 0x0239)!.Name.Should().Be("debt_recovery_top_up_percentage_3");
        ClusterCatalogue.DeviceManagement.Attribute(ZclSide.Client, 0x0294)!.Name.Should().Be("metering_alarm_94_event_configuration");
        ClusterCatalogue.OtaUpgrade.Attribute(ZclSide.Client, 2)!.Name.Should().Be("current_file_version");
        ClusterCatalogue.OtaUpgrade.Attribute(ZclSide.Server, 2).Should().BeNull("the device holds it, which is the client");
    }

    [Fact]
    public void Emergency_credit_is_selected_in_either_of_its_two_forms()
    {
        ClusterCommand command = ClusterCatalogue.Prepayment.Command("SelectAvailableEmergencyCredit", ZclSide.Client);
        MessageContent content = command.Create().Set("command_issue_time", 1).Set("originating_device", 2);

        content.ToOctets().ShouldBeHex("01000000 02");
        content.Set("site_id", "S").Set("meter_serial_number", "M").ToOctets().ShouldBeHex("01000000 02 0153 014D");
        content.ToOctets(ProfileLevel.SmartEnergy10).ShouldBeHex("01000000 02");
    }

    [Fact]
    public void Blocks_that_wait_or_abort_have_the_fields_of_their_status()
    {
        MessageLayout layout = ClusterCatalogue.OtaUpgrade.Command("ImageBlockResponse", ZclSide.Server).Layout;

        layout.Read("97 01000000 0A000000 FA00".Octets(), out MessageContent wait, out _).Should().Be(OperationStatus.Done);
        layout.Read("95".Octets(), out MessageContent abort, out _).Should().Be(OperationStatus.Done);
        layout.Read("00 5E10 0100 03000201 40010000 03 0102".Octets(), out _, out CodecFault fault);

        (wait.Number("request_time"), wait.Number("minimum_block_period")).Should().Be((10UL, 250UL));
        abort.Has("file_offset").Should().BeFalse();
        fault.Kind.Should().Be(CodecFaultKind.Truncated);
        AnswerShape.Broken("00 5E10 0100 03000201 40010000 03 0102".Octets(), OperationStatus.NeedMoreData, 0, fault).Should().BeNull();
    }
}
