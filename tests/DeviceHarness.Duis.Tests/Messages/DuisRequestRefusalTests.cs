using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Messages;

public sealed class DuisRequestRefusalTests
{
    private const string Sound =
        """
        <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="5.4">
          <sr:Header>
            <sr:RequestID>90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-A0:1000</sr:RequestID>
            <sr:CommandVariant>4</sr:CommandVariant>
            <sr:ServiceReference>6.11</sr:ServiceReference>
            <sr:ServiceReferenceVariant>6.11</sr:ServiceReferenceVariant>
          </sr:Header>
          <sr:Body>
            <sr:SynchroniseClock>
              <sr:CurrentDateTime>2026-07-01T12:00:00Z</sr:CurrentDateTime>
              <sr:TolerancePeriod>10</sr:TolerancePeriod>
            </sr:SynchroniseClock>
          </sr:Body>
        </sr:Request>
        """;

    [Fact]
    public void The_message_that_the_others_are_made_of_is_sound()
    {
        DuisRequestReader.Read(Sound).Message.ServiceReferenceVariant.Should().Be("6.11");
    }

    [Theory]
    [InlineData("<sr:Header>", "<sr:Header", "/Request", 3, "not well-formed")]
    [InlineData("</sr:Request>", "", "/Request", 14, "not well-formed")]
    [InlineData("ServiceUserGateway\"", "ServiceUserGateway/\"", "/Request", 1, "ServiceUserGateway/")]
    [InlineData(" schemaVersion=\"5.4\"", "", "/Request", 1, "schemaVersion")]
    [InlineData("schemaVersion=\"5.4\"", "schemaVersion=\"new\"", "/Request", 1, "'new'")]
    [InlineData("schemaVersion=\"5.4\"", "schemaVersion=\"5.4\" Id=\"a\"", "/Request", 1, "'Id'")]
    [InlineData("A0:1000", "A0:01000", "/Request/Header/RequestID", 3, "A0:01000")]
    [InlineData("<sr:CommandVariant>4<", "<sr:CommandVariant>0<", "/Request/Header/CommandVariant", 4, "from 1 to 9")]
    [InlineData("<sr:CommandVariant>4<", "<sr:CommandVariant>10<", "/Request/Header/CommandVariant", 4, "'10'")]
    [InlineData("<sr:CommandVariant>4<", "<sr:CommandVariant>four<", "/Request/Header/CommandVariant", 4, "'four'")]
    [InlineData("<sr:CommandVariant>4<", "<sr:CommandVariant><sr:b/>4<", "/Request/Header/CommandVariant/b", 4, "allowed is text")]
    [InlineData("<sr:CommandVariant>4</sr:CommandVariant>", "", "/Request/Header/ServiceReference", 5, "'CommandVariant'")]
    [InlineData("<sr:CommandVariant>", "4<sr:CommandVariant>", "/Request/Header", 3, "found text")]
    [InlineData("<sr:ServiceReference>6.11", "<sr:ServiceReference>6.12",
        "/Request/Header/ServiceReference", 5, "'6.12'; allowed with variant 6.11: 6.11")]
    [InlineData("Variant>6.11", "Variant>6.99", "/Request/Header/ServiceReferenceVariant", 6, "'6.99'")]
    [InlineData("</sr:Header>", "<sr:Extra/></sr:Header>", "/Request/Header/Extra", 7, "the end of 'Header'")]
    [InlineData("<sr:TolerancePeriod>10</sr:TolerancePeriod>", "", "/Request/Body/SynchroniseClock", 9, "'TolerancePeriod'")]
    [InlineData("<sr:TolerancePeriod>10<", "<sr:TolerancePeriod>86401<",
        "/Request/Body/SynchroniseClock/TolerancePeriod", 11, "from 0 to 86400")]
    [InlineData("<sr:TolerancePeriod>10<", "<sr:TolerancePeriod>-1<", "/Request/Body/SynchroniseClock/TolerancePeriod", 11, "'-1'")]
    [InlineData("2026-07-01T12:00:00Z", "yesterday", "/Request/Body/SynchroniseClock/CurrentDateTime", 10, "'yesterday'")]
    [InlineData("</sr:SynchroniseClock>", "<sr:More/></sr:SynchroniseClock>", "/Request/Body/SynchroniseClock/More", 12, "the end of")]
    [InlineData("</sr:Body>", "<sr:EnableSupply/></sr:Body>", "/Request/Body/EnableSupply", 13, "the end of 'Body'")]
    [InlineData("</sr:Request>", "<sr:Body/></sr:Request>", "/Request/Body", 14, "the end of 'Request'")]
    [InlineData("<sr:SynchroniseClock>", "<sr:SynchroniseClock sr:a='1'>", "/Request/Body/SynchroniseClock", 9, "attribute 'a'")]
    public void A_message_that_is_wrong_in_one_place_is_refused_there(string sound, string wrong, string path, int line, string says)
    {
        Sound.Should().Contain(sound);
        string xml = ReplaceFirst(sound, wrong);

        DuisFormatException refusal = FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>().Which;

        using AssertionScope scope = new();
        refusal.Path.Should().Be(path);
        refusal.Line.Should().Be(line);
        refusal.Column.Should().BePositive();
        refusal.Message.Should().Contain(says);
    }

    [Fact]
    public void The_body_of_another_request_is_refused_with_both_names()
    {
        string xml = Sound.Replace("6.11", "7.1", StringComparison.Ordinal);

        DuisFormatException refusal = FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>().Which;

        refusal.Path.Should().Be("/Request/Body/SynchroniseClock");
        refusal.Message.Should().Contain("'SynchroniseClock'").And.Contain("7.1").And.Contain("'EnableSupply'");
    }

    [Fact]
    public void A_response_is_not_a_request()
    {
        string xml = DuisFixtures.Read("response-acknowledgement.xml");

        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>().Which.Path.Should().Be("/Response");
    }

    [Fact]
    public void A_pre_command_of_a_request_that_has_none_is_refused()
    {
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new Duis.Bodies.SignedPreCommand("7.1", "AQID"), 5))
            .Replace(">7.1<", ">7.4<", StringComparison.Ordinal);

        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>().WithMessage("*ReadSupplyStatus*");
    }

    [Fact]
    public void A_pre_command_that_is_not_base64_is_refused()
    {
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new Duis.Bodies.SignedPreCommand("7.1", "A$ID"), 5));

        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>().WithMessage("*base64*");
    }

    [Fact]
    public void A_long_wrong_value_is_quoted_short()
    {
        string xml = ReplaceFirst("2026-07-01T12:00:00Z", new string('9', 100_000));

        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>()
            .Which.Message.Length.Should().BeLessThan(400);
    }

    private static string ReplaceFirst(string sound, string wrong)
    {
        int at = Sound.IndexOf(sound, StringComparison.Ordinal);
        return Sound[..at] + wrong + Sound[(at + sound.Length)..];
    }
}
