using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>What a device tells unasked, as the service hands it on.</summary>
public sealed class DeviceAlertTests
{
    private static readonly DateTimeOffset Happened = DuisFixtures.Now.AddMinutes(-1);

    private readonly SimulatedDcc _service = new(
        new ServiceOptions
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
        },
        new SmartMeteringInventory([new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]));

    [Fact]
    public void An_alert_goes_to_its_User_in_a_SMETS1_envelope()
    {
        DeviceAlert alert = new("8F35", "Supply outage restored", Happened);

        ServiceAnswer first = _service.Raise(DuisFixtures.Meter, DuisFixtures.ImportSupplier, alert, DuisFixtures.Now)!;
        ServiceAnswer second = _service.Raise(DuisFixtures.Meter, DuisFixtures.ImportSupplier, alert, DuisFixtures.Now)!;

        first.Body.Should().Be(alert);
        DuisResponse response = DuisResponseReader.Read(first.Xml).Message;
        response.RequestId.Should().BeNull("nobody asked");
        Smets1ResponseMessage message = response.Content.Should().BeOfType<Smets1ResponseMessage>().Subject;
        message.Header.BusinessOriginatorId.Should().Be(DuisFixtures.Meter);
        message.Header.BusinessTargetId.Should().Be(DuisFixtures.ImportSupplier);
        message.DeviceAlertXml.Should().Contain("8F35").And.Contain("Supply outage restored").And.Contain(DuisText.Time(Happened))
            .And.NotContain("Payload");
        Counter(first).Should().BeLessThan(Counter(second));
    }

    [Fact]
    public void A_description_longer_than_the_schema_allows_is_cut()
    {
        DeviceAlert alert = new("8F35", new string('x', DeviceAlert.MaxDescriptionCharacters + 1), Happened);

        string xml = _service.Raise(DuisFixtures.Meter, DuisFixtures.ImportSupplier, alert, DuisFixtures.Now)!.UnsignedXml;

        xml.Should().NotContain(alert.AlertDescription);
    }

    [Theory]
    [InlineData("AD1")]
    [InlineData("8f35")]
    [InlineData("")]
    public void What_is_no_code_of_a_device_alert_is_not_handed_on(string code)
    {
        Action make = () => _ = new DeviceAlert(code, "something", Happened);

        make.Should().Throw<ArgumentException>();
    }

    private static ulong Counter(ServiceAnswer answer) =>
        ((Smets1ResponseMessage)DuisResponseReader.Read(answer.Xml).Message.Content).Header.OriginatorCounter;
}
