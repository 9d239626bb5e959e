using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>What the service answers for a SMETS1 device without asking it: the change of supplier, and a top-up for local
/// delivery.</summary>
public sealed class SupplierCertificatesTests
{
    private const string Outcome = "ExecutionOutcome.ReplacementOutcome";
    private static readonly Eui64 Owner = Eui64.Parse("90-B3-D5-1F-30-01-00-00");

    [Theory]
    [InlineData(DeviceStatus.Commissioned)]
    [InlineData(DeviceStatus.Suspended)]
    public void A_change_of_supplier_is_accepted_answered_and_kept_while_Suspended_too(DeviceStatus status)
    {
        SmartMeteringInventory inventory = Inventory(status);

        ServiceDecision decision = Send(inventory, ChangeOfSupplier(OperatorCertificatesTests.CertificateOfOther()));

        decision.Acknowledgement!.ResponseCode.Should().Be("I99");
        decision.Command.Should().BeNull("no SMETS1 device holds certificates");
        decision.Response!.Body!.Values[$"{Outcome}.StatusCode.ASN1Status"].Should().Be("success");
        decision.Response.Body.Values[$"{Outcome}.NewRemotePartyID"].Should().Be(Owner.ToString());
        decision.Response.Body.Values["ExecutionOutcome.CredentialsReplacementMode"].Should().Be("SupplierByTransCoS");
        InventoryDevice kept = inventory.Find(DuisFixtures.Meter)!;
        (kept.Ownership!.SupplierCertificate, kept.Status).Should().Be((Owner, status));
    }

    [Fact]
    public void What_is_no_certificate_is_not_kept()
    {
        SmartMeteringInventory inventory = Inventory(DeviceStatus.Commissioned);

        ServiceDecision decision = Send(inventory, ChangeOfSupplier("AQID"));

        decision.Response!.Body!.MessageSuccess.Should().BeFalse();
        decision.Response.Body.Values[$"{Outcome}.StatusCode.ASN1Status"].Should().Be("badCertificate");
        inventory.Find(DuisFixtures.Meter)!.Ownership.Should().BeNull();
    }

    [Theory]
    [InlineData(DeviceStatus.Suspended, true, 2, "I99")]
    [InlineData(DeviceStatus.Suspended, true, 1, "E5")]
    [InlineData(DeviceStatus.Suspended, true, 3, "E12")]
    [InlineData(DeviceStatus.Suspended, false, 1, "E5")]
    [InlineData(DeviceStatus.Suspended, false, 2, "E5")]
    [InlineData(DeviceStatus.Suspended, false, 3, "E5")]
    [InlineData(DeviceStatus.Commissioned, true, 2, "I99")]
    public void A_top_up_of_a_Suspended_device_is_accepted_on_SMETS1_for_local_delivery_alone(
        DeviceStatus status, bool isSmets1, int variant, string code)
    {
        ServiceDecision decision = Send(Inventory(status, isSmets1), new TopUpDevice(new string('0', TopUpDevice.UtrnDigits)), variant);

        decision.Acknowledgement!.ResponseCode.Should().Be(code);
        decision.Command.Should().BeNull("nothing is sent to the device");
        decision.Response.Should().BeNull();
        decision.Warnings.Any(warning => warning.Contains("utrn-not-made", StringComparison.Ordinal)).Should().Be(code == "I99");
    }

    [Fact]
    public void A_service_that_forgets_what_is_exempt_refuses_both_to_a_Suspended_device_alone()
    {
        SrvRequestBody[] bodies = [ChangeOfSupplier("AQID"), new TopUpDevice(new string('0', TopUpDevice.UtrnDigits))];

        foreach ((SrvRequestBody body, int variant) in bodies.Zip([1, 2]))
        {
            Send(Inventory(DeviceStatus.Suspended), body, variant, DeviceStatusRules.ExemptionsForgotten)
                .Acknowledgement!.ResponseCode.Should().Be("E5");
            Send(Inventory(DeviceStatus.Commissioned), body, variant, DeviceStatusRules.ExemptionsForgotten)
                .Acknowledgement!.ResponseCode.Should().Be("I99");
        }
    }

    private static SmartMeteringInventory Inventory(DeviceStatus status, bool isSmets1 = true) =>
        new([new InventoryDevice(DuisFixtures.Meter, "ESME", status, "4.2.0", isSmets1)]);

    private static UnmodelledRequestBody ChangeOfSupplier(string certificate) => new(
        "6.23", "UpdateSecurityCredentialsCoS",
        $"<sr:UpdateSecurityCredentialsCoS xmlns:sr=\"{DuisSchema.ServiceUserGateway}\">"
        + "<sr:SupplierReplacementCertificates>"
        + $"<sr:DigitalSigningCertificate>{certificate}</sr:DigitalSigningCertificate>"
        + "</sr:SupplierReplacementCertificates></sr:UpdateSecurityCredentialsCoS>");

    private static ServiceDecision Send(
        SmartMeteringInventory inventory, SrvRequestBody body, int variant = 1, DeviceStatusRules? rules = null)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
        };
        return new SimulatedDcc(rules is null ? options : options with { DeviceStatus = rules }, inventory)
            .Receive(DuisFixtures.Request(body, variant), null, DuisFixtures.Now);
    }
}
