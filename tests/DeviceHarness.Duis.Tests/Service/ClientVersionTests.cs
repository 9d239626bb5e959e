using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>The DUIS version is a setting of each User's system.</summary>
public sealed class ClientVersionTests
{
    private readonly SmartMeteringInventory _inventory = new(
        [new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);

    [Theory]
    [InlineData("3.0")]
    [InlineData("3.1")]
    [InlineData("5.1")]
    [InlineData("5.4")]
    public void A_user_is_answered_in_the_version_that_its_system_speaks_inside_and_around(string version)
    {
        SimulatedDcc service = Service(version);
        DuisRequest request = Request(version);

        ServiceDecision decision = service.Receive(DuisRequestWriter.Write(request), path: null, DuisFixtures.Now);
        ReadInstantaneousImportRegistersRsp body = new() { Electricity = new(new RegisterReading(42)) };
        DeviceOutcome outcome = new(DeviceOutcomeKind.Done, body, string.Empty, DeviceCode: null, LinkAnswersProbe: null);
        ServiceAnswer answer = service.Complete(request.Id, outcome, DuisFixtures.Now);

        using AssertionScope scope = new();
        DuisResponseReader.Read(decision.Acknowledgement!.Xml).Message.SchemaVersion.Should().Be(version);
        DuisResponse response = DuisResponseReader.Read(answer.Xml).Message;
        response.SchemaVersion.Should().Be(version);
        response.Content.Should().BeOfType<Smets1ResponseMessage>().Which.SignedResponseVersion.Should().Be(version);
    }

    [Fact]
    public void A_request_in_another_version_than_the_system_of_its_user_speaks_is_refused_with_both()
    {
        SimulatedDcc service = Service("3.1");

        Action send = () => service.Receive(DuisRequestWriter.Write(Request("5.4")), path: null, DuisFixtures.Now);

        DuisFormatException refusal = send.Should().Throw<DuisFormatException>().Which;
        refusal.Path.Should().Be("/Request");
        refusal.Message.Should().Contain("schemaVersion 5.4; allowed is 3.1").And.Contain(DuisFixtures.ImportSupplier.ToString());
    }

    [Fact]
    public void A_user_of_whose_system_nothing_is_stated_sends_any_version_and_is_answered_in_the_newest()
    {
        SimulatedDcc service = Service("3.1");
        DuisRequest request = Request("5.1") with { Id = new RequestId(DuisFixtures.OtherUser, DuisFixtures.Meter, 1) };

        ServiceDecision decision = service.Receive(DuisRequestWriter.Write(request), path: null, DuisFixtures.Now);

        DuisResponseReader.Read(decision.Acknowledgement!.Xml).Message.SchemaVersion.Should().Be("5.4");
    }

    [Theory]
    [InlineData("3.0", "11.4", false)]
    [InlineData("3.1", "11.4", false)]
    [InlineData("5.0", "11.4", true)]
    [InlineData("3.1", "11.1", true)]
    public void A_version_lacks_what_came_after_it(string version, string srv, bool hasIt)
    {
        string? lack = DuisVersions.WhyNot(version, srv);

        (lack is null).Should().Be(hasIt);
        (lack ?? $"DUIS {version} has no 11.4").Should().StartWith($"DUIS {version} has no 11.4");
    }

    [Fact]
    public void A_request_that_the_version_of_its_user_lacks_is_refused_with_the_reason()
    {
        const string Xml = """
            <sr:Request xmlns:sr="http://www.dccinterface.co.uk/ServiceUserGateway" schemaVersion="3.1">
              <sr:Header>
                <sr:RequestID>90-B3-D5-1F-30-01-00-01:90-B3-D5-1F-30-00-00-02:1000</sr:RequestID>
                <sr:CommandVariant>8</sr:CommandVariant>
                <sr:ServiceReference>11.4</sr:ServiceReference>
                <sr:ServiceReferenceVariant>11.4</sr:ServiceReferenceVariant>
              </sr:Header>
              <sr:Body>
                <sr:UpdatePPMIDFirmware>
                  <sr:FirmwareImage>AAAA</sr:FirmwareImage>
                  <sr:FirmwareVersion>1</sr:FirmwareVersion>
                  <sr:DeviceIDList>90-B3-D5-1F-30-00-00-A4</sr:DeviceIDList>
                </sr:UpdatePPMIDFirmware>
              </sr:Body>
            </sr:Request>
            """;

        Action send = () => Service("3.1").Receive(Xml, path: null, DuisFixtures.Now);

        send.Should().Throw<DuisFormatException>().Which.Message.Should().Contain("DUIS 3.1 has no 11.4: it came after SMETS1 MOC");
    }

    private static DuisRequest Request(string version) =>
        DuisFixtures.Request(new ReadInstantaneousImportRegisters()) with { SchemaVersion = version };

    private SimulatedDcc Service(string version) => new(
        new ServiceOptions
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>>
            {
                ["IS"] = [DuisFixtures.ImportSupplier, DuisFixtures.OtherUser],
            }),
            ClientVersions = new Dictionary<Eui64, string> { [DuisFixtures.ImportSupplier] = version },
        },
        _inventory);
}
