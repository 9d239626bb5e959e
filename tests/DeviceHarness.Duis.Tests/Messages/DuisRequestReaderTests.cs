using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Messages;

public sealed class DuisRequestReaderTests
{
    [Fact]
    public void A_default_namespace_single_quotes_and_lower_case_identifiers_are_read()
    {
        DuisReading<DuisRequest> reading = DuisRequestReader.Read(DuisFixtures.Read("request-4.1.1-default-namespace.xml"));

        reading.Message.Should().Be(new DuisRequest(DuisFixtures.Id(ulong.MaxValue), 1, new ReadInstantaneousImportRegisters())
        {
            SchemaVersion = "5.0",
        });
        reading.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Odd_prefixes_comments_white_space_and_zones_are_read()
    {
        DuisReading<DuisRequest> reading = DuisRequestReader.Read(DuisFixtures.Read("request-6.11-odd-prefixes.xml"));

        SynchroniseClock body = new(DuisFixtures.Now.AddMilliseconds(250), 10);
        reading.Message.Should().Be(new DuisRequest(DuisFixtures.Id(7), 4, body) { SchemaVersion = "5.1" });
        reading.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Sequence_fields_are_read_and_a_signature_gives_a_warning()
    {
        DuisReading<DuisRequest> reading = DuisRequestReader.Read(DuisFixtures.Read("request-7.2-sequenced-signed.xml"));

        reading.Message.Should().Be(new DuisRequest(DuisFixtures.Id(0), 5, new DisableSupply())
        {
            SchemaVersion = "5.3",
            FirstInSequence = false,
            PrecedingServiceRequestId = DuisFixtures.Id(41),
            Signed = true,
        });
        reading.Warnings.Should().ContainSingle().Which.Should().Contain("signature").And.Contain("not checked");
    }

    [Fact]
    public void An_older_schema_version_is_read_with_a_warning()
    {
        DuisReading<DuisRequest> reading = DuisRequestReader.Read(DuisFixtures.Read("request-11.2-future-old-version.xml"));

        reading.Message.Body.Should().Be(new ReadFirmwareVersion(new DateTimeOffset(3000, 12, 31, 0, 0, 0, TimeSpan.Zero)));
        reading.Warnings.Should().ContainSingle().Which.Should().Contain("3.1");
    }

    [Theory]
    [InlineData("5.0", 0)]
    [InlineData("5.1", 0)]
    [InlineData("5.3", 0)]
    [InlineData("5.4", 0)]
    [InlineData("5.40", 0)]
    [InlineData("4.9", 1)]
    [InlineData("5.5", 1)]
    [InlineData("6", 1)]
    public void Versions_5_0_to_5_4_are_read_without_a_warning(string version, int warnings)
    {
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new EnableSupply(), 5) with { SchemaVersion = version });

        DuisReading<DuisRequest> reading = DuisRequestReader.Read(xml);

        reading.Warnings.Should().HaveCount(warnings);
        reading.Message.SchemaVersion.Should().Be(version);
    }

    [Fact]
    public void A_variant_without_a_type_is_kept_and_written_again_the_same()
    {
        DuisRequest request = DuisRequestReader.Read(DuisFixtures.Read("request-8.2-unmodelled.xml")).Message;

        UnmodelledRequestBody body = request.Body.Should().BeOfType<UnmodelledRequestBody>().Subject;
        body.Xml.Should().Be(
            "<sr:ReadInventory xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\"><sr:PropertyFilter>"
            + "<sr:PostCode>ZZ1 1ZZ</sr:PostCode>"
            + "<sr:AddressIdentifier>1 &amp; 2</sr:AddressIdentifier></sr:PropertyFilter></sr:ReadInventory>");
        DuisRequestReader.Read(DuisRequestWriter.Write(request)).Message.Should().Be(request);
    }

    [Theory]
    [MemberData(nameof(DuisFixtures.TypedRequests), MemberType = typeof(DuisFixtures))]
    public void A_written_request_is_read_back_equal(SrvRequestBody body)
    {
        DuisRequest request = DuisFixtures.Request(body, 5) with { FirstInSequence = true, PrecedingServiceRequestId = DuisFixtures.Id(3) };

        string xml = DuisRequestWriter.Write(request);

        DuisRequestReader.Read(xml).Message.Should().Be(request);
        DuisRequestWriter.Write(DuisRequestReader.Read(xml).Message).Should().Be(xml);
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_message()
    {
        string xml = "\uFEFF" + DuisRequestWriter.Write(DuisFixtures.Request(new EnableSupply(), 5));

        DuisRequestReader.Read(xml).Message.Body.Should().Be(new EnableSupply());
    }

    [Theory]
    [InlineData("4.1.1", "4.1")]
    [InlineData("6.15.1", "6.15")]
    [InlineData("7.4", "7.4")]
    public void The_service_reference_is_the_first_two_parts_of_the_variant(string variant, string reference)
    {
        DuisSchema.ServiceReferenceOf(variant).Should().Be(reference);
    }

    [Fact]
    public void A_command_variant_out_of_range_is_not_written()
    {
        DuisRequest request = DuisFixtures.Request(new EnableSupply(), 10);

        FluentActions.Invoking(() => DuisRequestWriter.Write(request)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_unmodelled_body_that_is_another_element_is_not_written()
    {
        DuisRequest request = DuisFixtures.Request(new UnmodelledRequestBody("8.2", "ReadInventory", "<a/>"), 8);

        FluentActions.Invoking(() => DuisRequestWriter.Write(request)).Should().Throw<ArgumentException>();
    }
}
