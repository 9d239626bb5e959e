using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Messages;

public sealed class DuisResponseTests
{
    [Fact]
    public void An_acknowledgement_by_another_hand_is_read()
    {
        DuisReading<DuisResponse> reading = DuisResponseReader.Read(DuisFixtures.Read("response-acknowledgement.xml"));

        reading.Message.Should().Be(new DuisResponse("I99", DuisFixtures.Now.AddMilliseconds(123), new ResponseMessage("4.1.1"))
        {
            RequestId = DuisFixtures.Id(1000),
            SchemaVersion = "5.1",
        });
        reading.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void A_smets1_answer_by_another_hand_is_read()
    {
        DuisReading<DuisResponse> reading = DuisResponseReader.Read(DuisFixtures.Read("response-smets1-4.1.1.xml"));

        Smets1ResponseMessage message = reading.Message.Content.Should().BeOfType<Smets1ResponseMessage>().Subject;
        using AssertionScope scope = new();
        reading.Message.ResponseId.Should().Be(DuisFixtures.Id(1000).Answer);
        message.ServiceReferenceVariant.Should().Be("4.1.1");
        message.Header.Should().Be(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, 1000)
        {
            ServiceReferenceVariant = "4.1.1",
            Timestamp = new Smets1Timestamp(DuisFixtures.Now.AddSeconds(1), IsFromGsme: false, "reliable"),
        });
        message.Body.Should().Be(new ReadInstantaneousImportRegistersRsp
        {
            MessageSuccess = true,
            Electricity = new(new RegisterReading(1_234_567), new RegisterReading(89)),
        });
        message.ServiceProviderSigned.Should().BeTrue();
        reading.Warnings.Should().ContainSingle().Which.Should().Contain("not checked");
    }

    [Fact]
    public void A_device_refusal_by_another_hand_is_read_and_its_missing_signature_is_said()
    {
        DuisReading<DuisResponse> reading = DuisResponseReader.Read(DuisFixtures.Read("response-smets1-refusal.xml"));

        Smets1ResponseMessage message = reading.Message.Content.Should().BeOfType<Smets1ResponseMessage>().Subject;
        message.Body.Should().Be(new EnableSupplyRsp { MessageSuccess = false });
        message.DebugInfo.Should().Equal(new Smets1Debug(3, 1, "read-write-denied"));
        reading.Warnings.Should().ContainSingle().Which.Should().Contain("missing");
    }

    [Fact]
    public void A_refusal_is_told_from_a_success_and_from_an_acknowledgement()
    {
        Smets1ResponseMessage answer = new(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, 5));
        Smets1Debug no = new(3, 1, "read-write-denied");

        string?[] refusals =
        [
            Read("response-acknowledgement.xml").Refusal,
            Read("response-smets1-4.1.1.xml").Refusal,
            Answer(answer with { Body = new EnableSupplyRsp() }).Refusal,
            Read("response-smets1-refusal.xml").Refusal,
            Answer(answer with { DebugInfo = [no] }).Refusal,
            (Answer(new ResponseMessage("7.1")) with { ResponseCode = "E12" }).Refusal,
            (Answer(answer with { DebugInfo = [no] }) with { ResponseCode = "E21" }).Refusal,
        ];

        const string ByDevice = "the device refused it; device code 3: read-write-denied";
        refusals.Should().Equal(
            null, null, null, ByDevice, ByDevice, "the service refused it with E12",
            "the service refused it with E21; device code 3: read-write-denied");

        static DuisResponse Read(string file) => DuisResponseReader.Read(DuisFixtures.Read(file)).Message;
    }

    [Theory]
    [MemberData(nameof(DuisFixtures.TypedResponses), MemberType = typeof(DuisFixtures))]
    public void A_written_answer_is_read_back_equal(SrvResponseBody body)
    {
        DuisResponse response =
            Answer(new Smets1ResponseMessage(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, 5)) { Body = body });

        string xml = DuisResponseWriter.Write(response);

        DuisResponse read = DuisResponseReader.Read(xml).Message;
        read.Content.Should().BeOfType<Smets1ResponseMessage>().Which.Body.Should().Be(body);
        DuisResponseWriter.Write(read).Should().Be(xml);
    }

    [Fact]
    public void Every_field_of_the_envelope_survives_writing_and_reading()
    {
        Smets1ResponseMessage message = new(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, ulong.MaxValue)
        {
            SupplementaryRemotePartyId = DuisFixtures.OtherUser,
            SupplementaryRemotePartyCounter = 2,
            SupplementaryOriginatorCounter = 3,
            GbcsHexadecimalMessageCode = "0027",
            ServiceReferenceVariant = "7.2",
            Timestamp = new Smets1Timestamp(DuisFixtures.Now, IsFromGsme: true, "unreliable"),
        })
        {
            ServiceReferenceVariant = "7.2",
            DspScheduleId = 1_000_000_000_000,
            ThrottledAlertSequenceId = 1,
            ThrottledAlertCount = uint.MaxValue,
            SignedResponseVersion = "5.3",
            Body = new DisableSupplyRsp { MessageSuccess = false },
            DebugInfo = [new Smets1Debug(-7, 1, "no"), new Smets1Debug(12, 2, "still no")],
        };

        DuisResponse read = DuisResponseReader.Read(DuisResponseWriter.Write(Answer(message))).Message;

        Smets1ResponseMessage found = read.Content.Should().BeOfType<Smets1ResponseMessage>().Subject;
        found.DebugInfo.Should().Equal(message.DebugInfo);
        found.Should().Be(message with { DebugInfo = found.DebugInfo, GbcsDataXml = found.GbcsDataXml });
    }

    [Fact]
    public void Data_of_the_service_and_alerts_are_kept_as_they_came()
    {
        const string Data = "<sr:DSPScheduleID xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\">7</sr:DSPScheduleID>";
        const string Alert = "<sr:DCCAlertMessage xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\">"
            + "<sr:DCCAlertCode>N1</sr:DCCAlertCode></sr:DCCAlertMessage>";

        DuisResponse data =
            DuisResponseReader.Read(DuisResponseWriter.Write(Answer(new ResponseMessage("5.1") { DataXml = Data }))).Message;
        DuisResponse alert =
            DuisResponseReader.Read(DuisResponseWriter.Write(Answer(new UnmodelledMessage("DCCAlertMessage", Alert)))).Message;

        data.Content.Should().Be(new ResponseMessage("5.1") { DataXml = Data });
        alert.Content.Should().Be(new UnmodelledMessage("DCCAlertMessage", Alert));
    }

    [Fact]
    public void An_unknown_response_code_is_carried_through_with_a_warning()
    {
        string xml = DuisResponseWriter.Write(Answer(new ResponseMessage("4.1.1")) with { ResponseCode = "E9999" });

        DuisReading<DuisResponse> reading = DuisResponseReader.Read(xml);

        reading.Message.ResponseCode.Should().Be("E9999");
        reading.Warnings.Should().ContainSingle().Which.Should().Contain("E9999");
    }

    [Fact]
    public void A_long_error_is_cut_at_250_characters_and_never_inside_a_pair()
    {
        string error = new string('x', 249) + "\U0001F50C" + new string('y', 100);
        Smets1ResponseMessage message = new(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, 5))
        {
            DebugInfo = [new Smets1Debug(1, 1, error)],
        };

        DuisResponse read = DuisResponseReader.Read(DuisResponseWriter.Write(Answer(message))).Message;

        ((Smets1ResponseMessage)read.Content).DebugInfo[0].Error.Should().Be(new string('x', 249));
    }

    [Fact]
    public void Characters_that_xml_cannot_carry_are_replaced()
    {
        Smets1ResponseMessage message = new(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, 5))
        {
            DebugInfo = [new Smets1Debug(1, 1, "a\0b\uD800c\U0001F50C")],
        };

        DuisResponse read = DuisResponseReader.Read(DuisResponseWriter.Write(Answer(message))).Message;

        ((Smets1ResponseMessage)read.Content).DebugInfo[0].Error.Should().Be("a\uFFFDb\uFFFDc\U0001F50C");
    }

    [Theory]
    [InlineData("<m:Value>1234567<", "<m:Value>many<", "Value", "'many'")]
    [InlineData(">Wh<", ">kWh<", "ActiveEnergyUnit", "allowed: Wh")]
    [InlineData("MessageSuccess=\"true\"", "MessageSuccess=\"yes\"", "ReadInstantaneousImportRegistersRsp", "'yes'")]
    [InlineData("ReadInstantaneousImportRegistersRsp", "ReadNothingRsp", "ReadNothingRsp", "ReadNothingRsp")]
    [InlineData("<m:OriginatorCounter>1000</m:OriginatorCounter>", "", "ServiceReference", "OriginatorCounter")]
    public void A_wrong_answer_is_refused_where_it_is_wrong(string sound, string wrong, string element, string says)
    {
        string text = DuisFixtures.Read("response-smets1-4.1.1.xml");
        string xml = text
            .Replace(sound, wrong, StringComparison.Ordinal)
            .Replace(Unprefixed(sound), Unprefixed(wrong), StringComparison.Ordinal);
        xml.Should().NotBe(text);

        DuisFormatException refusal = FluentActions.Invoking(() => DuisResponseReader.Read(xml))
            .Should().Throw<DuisFormatException>().Which;

        refusal.Path.Should().EndWith("/" + element);
        refusal.Message.Should().Contain(says);
        refusal.Line.Should().BeGreaterThan(10);
    }

    private static string Unprefixed(string xml) => xml.Replace("m:", "", StringComparison.Ordinal);

    private static DuisResponse Answer(DuisResponseContent content) => new("I0", DuisFixtures.Now, content)
    {
        RequestId = DuisFixtures.Id(5),
        ResponseId = DuisFixtures.Id(5).Answer,
    };
}
