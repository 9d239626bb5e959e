using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>Which device types the simulated service delivers firmware to, and reads the version of.</summary>
public sealed class FirmwareUpdateRulesTests
{
    private static readonly Eui64 Broker = Eui64.Parse("90-B3-D5-1F-30-00-00-02");

    [Theory]
    [InlineData("PPMID", Smets1Cohort.Ioc, "moc", false)]
    [InlineData("PPMID", Smets1Cohort.Unknown, "moc", false)]
    [InlineData("PPMID", Smets1Cohort.Moc, "moc", true)]
    [InlineData("PPMID", Smets1Cohort.Foc, "moc", true)]
    [InlineData("PPMID", Smets1Cohort.Ioc, "secmp0007", true)]
    [InlineData("IHD", Smets1Cohort.Moc, "moc", false)]
    [InlineData("IHD", Smets1Cohort.Ioc, "secmp0007", true)]
    [InlineData("HCALCS", Smets1Cohort.Moc, "secmp0007", false)]
    [InlineData("GSME", Smets1Cohort.Ioc, "moc", true)]
    public void An_image_is_delivered_and_activated_by_type_and_cohort(string type, Smets1Cohort cohort, string rules, bool isTaken)
    {
        SimulatedDcc service = Service(type, cohort, rules);

        ServiceDecision delivery = service.Receive(
            Request(Broker, 8, new UpdateFirmware(DuisFixtures.Image, "4.3.0", [DuisFixtures.Meter])), null, DuisFixtures.Now);
        ServiceDecision activation = service.Receive(
            Request(DuisFixtures.Meter, 4, new ActivateFirmware(DuisFixtures.Image.Hash)), null, DuisFixtures.Now);

        delivery.Acknowledgement!.ResponseCode.Should().Be(isTaken ? "I0" : "W110101");
        (delivery.Command is not null).Should().Be(isTaken);
        activation.Acknowledgement!.ResponseCode.Should().Be(isTaken ? "I99" : "E11");
    }

    /// <summary>11.4 came after MOC: by the rules of then it reaches nobody, whatever the release.</summary>
    [Theory]
    [InlineData("PPMID", Smets1Cohort.Ioc, "moc", false)]
    [InlineData("PPMID", Smets1Cohort.Moc, "moc", false)]
    [InlineData("PPMID", Smets1Cohort.Moc, "secmp0007", true)]
    [InlineData("PPMID", Smets1Cohort.Unknown, "secmp0007", true)]
    [InlineData("IHD", Smets1Cohort.Moc, "secmp0007", false)]
    [InlineData("GSME", Smets1Cohort.Moc, "secmp0007", false)]
    public void Firmware_by_11_4_is_for_PPMIDs_alone_and_by_the_later_rules(string type, Smets1Cohort cohort, string rules, bool isTaken)
    {
        ServiceDecision delivery = Service(type, cohort, rules).Receive(
            Request(Broker, 8, new UpdatePpmidFirmware(DuisFixtures.Image, "1.5.0", [DuisFixtures.Meter])), null, DuisFixtures.Now);

        delivery.Acknowledgement!.ResponseCode.Should().Be(isTaken ? "I0" : "W110401");
        (delivery.Command is not null).Should().Be(isTaken);
    }

    [Fact]
    public void Rules_of_ones_own_may_leave_the_displays_of_a_release_out_of_11_4()
    {
        FirmwareUpdateRules rules = FirmwareUpdateRules.Secmp0007 with { PpmidRequestCohorts = [Smets1Cohort.Moc] };
        InventoryDevice early = new(DuisFixtures.Meter, "PPMID", DeviceStatus.Commissioned, "1", Smets1: true)
        {
            Cohort = Smets1Cohort.Ioc,
        };

        rules.TakesImage(early, "11.4").Should().BeFalse();
        rules.TakesImage(early with { Cohort = Smets1Cohort.Moc }, "11.4").Should().BeTrue();
        rules.TakesImage(early with { Smets1 = false }, "11.4").Should().BeTrue("a later PPMID is what the request is for");
        rules.TakesImage(early, "11.1").Should().BeTrue("these rules say nothing else of 11.1");
    }

    [Theory]
    [InlineData("PPMID", "moc", DeviceStatus.Commissioned, "E11")]
    [InlineData("HCALCS", "moc", DeviceStatus.Commissioned, "E11")]
    [InlineData("PPMID", "moc", DeviceStatus.Suspended, "E5")]
    [InlineData("HCALCS", "moc", DeviceStatus.Suspended, "E5")]
    [InlineData("PPMID", "secmp0007", DeviceStatus.Commissioned, "I99")]
    [InlineData("CHF", "moc", DeviceStatus.Commissioned, "I99")]
    [InlineData("CHF", "moc", DeviceStatus.Suspended, "E5")]
    [InlineData("GSME", "moc", DeviceStatus.Suspended, "I99")]
    [InlineData("ESME", "moc", DeviceStatus.Suspended, "I99")]
    public void The_version_is_read_of_meters_and_of_suspended_devices_of_meters_alone(
        string type, string rules, DeviceStatus status, string code)
    {
        SimulatedDcc service = Service(type, Smets1Cohort.Moc, rules, status);

        service.Receive(Request(DuisFixtures.Meter, 1, new ReadFirmwareVersion()), null, DuisFixtures.Now)
            .Acknowledgement!.ResponseCode.Should().Be(code);
    }

    [Fact]
    public void A_later_device_is_read_as_the_catalogue_has_it()
    {
        InventoryDevice later = new(DuisFixtures.Meter, "PPMID", DeviceStatus.Commissioned, "1", Smets1: false);
        SrvOf("11.2", later).Should().BeTrue();
        SrvOf("11.2", later with { Smets1 = true }).Should().BeFalse();
    }

    [Fact]
    public void A_report_notes_the_types_that_reading_the_version_does_not_help()
    {
        FirmwareUpdateRules.Moc.NoteOn(["ESME", "PPMID", "HCALCS", "PPMID"]).Should()
            .StartWith("11.2 is not offered for HCALCS and PPMID");
        FirmwareUpdateRules.Moc.NoteOn(["ESME", "GSME", "IHD"]).Should().BeNull();
    }

    private static bool SrvOf(string srv, InventoryDevice device) =>
        FirmwareUpdateRules.Moc.Offers(DeviceHarness.Duis.Catalogue.SrvCatalogue.Entries.Single(entry => entry.Srv == srv), device);

    private static DuisRequest Request(Eui64 target, int variant, SrvRequestBody body) =>
        new(new RequestId(DuisFixtures.ImportSupplier, target, 1000), variant, body);

    private static SimulatedDcc Service(string type, Smets1Cohort cohort, string rules, DeviceStatus status = DeviceStatus.Commissioned)
    {
        InventoryDevice device = new(DuisFixtures.Meter, type, status, "1.0", Smets1: true) { Cohort = cohort };
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
            FirmwareUpdates = FirmwareUpdateRules.ByName[rules],
        };
        return new SimulatedDcc(options, new SmartMeteringInventory([device]));
    }
}
