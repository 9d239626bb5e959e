using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>6.15.1 and 6.24.1 for the network operator's certificate, which DSP and S1SP hold by proxy.</summary>
public sealed class OperatorCertificatesTests
{
    private const string Status = "ExecutionOutcome.ReplacementOutcome.StatusCode.ASN1Status";

    private static readonly Eui64 Registered = Eui64.Parse("90-B3-D5-1F-30-01-00-03");
    private static readonly Eui64 Other = Eui64.Parse("90-B3-D5-1F-30-01-00-00");

    private readonly SmartMeteringInventory _inventory = new(
    [
        new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)
        {
            Ownership = new DeviceOwnership
            {
                NetworkOperatorCertificate = Registered,
                Registrations = [new Registration("ED", Registered, DuisFixtures.Now.AddYears(-1))],
            },
        },
    ]);

    private ulong _counter = 1000;

    [Fact]
    public void A_new_certificate_is_held_by_both_proxies_and_no_device_is_asked()
    {
        SimulatedDcc service = Service();

        ServiceDecision decision = Place(service, Registered, CertificateOfOther());

        using AssertionScope scope = new();
        decision.Acknowledgement!.ResponseCode.Should().Be("I99");
        decision.Command.Should().BeNull();
        decision.Warnings.Should().BeEmpty();
        decision.Response!.ResponseCode.Should().Be("I0");
        decision.Response.Body!.MessageSuccess.Should().BeTrue();
        decision.Response.Body.Values[Status].Should().Be("success");
        Ownership.NetworkOperatorCertificate.Should().Be(Other);
        Ownership.ProxiesDiffer.Should().BeFalse();
        HeldAtServiceProvider(service).Should().Be(Other.ToString());
        service.StatusOf(decision.RequestId, DuisFixtures.Now).Should().Be(RequestStatus.Complete);
    }

    [Fact]
    public void The_answer_reads_again_as_it_was_written()
    {
        ServiceDecision decision = Place(Service(), Registered, CertificateOfOther());

        DuisResponse response = DuisResponseReader.Read(decision.Response!.Xml).Message;

        response.Content.Should().BeOfType<Smets1ResponseMessage>().Which.Body!.Values.Should()
            .Contain("ExecutionOutcome.ReplacementOutcome.NewRemotePartyID", Other.ToString())
            .And.Contain("ExecutionOutcome.ReplacementOutcome.StatusCode.ResponseCode", "0");
    }

    [Fact]
    public void After_a_wrong_certificate_neither_operator_is_let_through()
    {
        SimulatedDcc service = Service();
        Place(service, Registered, CertificateOfOther());

        Place(service, Registered, CertificateOfOther()).Failure!.Check.Name.Should().Be("certificate-owner");
        Place(service, Other, CertificateOfOther()).Failure!.Check.Name.Should().Be("user-authorised");
    }

    // The same steps on both generations: whether the owner of the wrong certificate, whom nobody registered, is let through.
    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public void A_wrong_certificate_ends_corrected_on_a_later_device_and_stays_on_a_SMETS1_one(
        bool isSmets1, bool isRegistrationAskedAlways, bool isCorrected)
    {
        _inventory.Update(DuisFixtures.Meter, row => row with { Smets1 = isSmets1 });
        SimulatedDcc service = Service(change: options => options with { AsksRegistrationAlways = isRegistrationAskedAlways });
        Place(service, Registered, CertificateOfOther());

        ServiceDecision byRegistered = Place(service, Registered, CertificateOfRegistered());
        ServiceDecision byOwner = Place(service, Other, CertificateOfRegistered());
        string held = HeldAtServiceProvider(service);

        byRegistered.Failure!.Check.Name.Should().Be("certificate-owner");
        (byOwner.Failure is null).Should().Be(isCorrected);
        held.Should().Be((isCorrected ? Registered : Other).ToString());
    }

    [Fact]
    public void What_is_left_out_of_an_exchange_with_a_later_device_is_told_and_no_payload_is_made_up()
    {
        _inventory.Update(DuisFixtures.Meter, row => row with { Smets1 = false });

        ServiceDecision decision = Place(Service(), Registered, CertificateOfOther());

        decision.Warnings.Should().ContainSingle().Which.Should().Contain("assumption smets2-at-once");
        decision.Response!.Body!.Values[Status].Should().Be("success");
        DuisResponseReader.Read(decision.Response.Xml).Message.Content.Should().Be(new ResponseMessage("6.15.1"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Local_delivery_and_a_later_device_of_unknown_certificates_are_not_served(int commandVariant)
    {
        _inventory.Update(DuisFixtures.Meter, row => row with { Smets1 = false });
        ServiceDecision local = Receive(Service(), Registered, commandVariant, Retrieve("NetworkOperator"));
        _inventory.Update(DuisFixtures.Meter, row => row with { Ownership = null });
        ServiceDecision unknown = Receive(Service(), Registered, 1, Retrieve("NetworkOperator"));

        local.NotServed.Should().Contain("GBCS message");
        unknown.NotServed.Should().Contain("GBCS message");
    }

    [Fact]
    public void A_service_provider_that_keeps_the_old_one_is_told_of_and_seen()
    {
        SimulatedDcc service = Service(keepsCertificates: true);

        ServiceDecision decision = Place(service, Registered, CertificateOfOther());

        decision.Warnings.Should().ContainSingle().Which.Should().Contain("the DSP and the S1SP hold different");
        HeldAtServiceProvider(service).Should().Be(Registered.ToString());
        Ownership.ProxiesDiffer.Should().BeTrue();
    }

    [Fact]
    public void Where_the_proxies_differ_the_dsps_operator_is_refused_too()
    {
        _inventory.Update(DuisFixtures.Meter, row => row with
        {
            Ownership = row.Ownership! with { ServiceProviderCopy = Other },
        });

        Place(Service(), Registered, CertificateOfOther()).Failure!.Check.Name.Should().Be("proxies");
    }

    [Theory]
    [InlineData("AAAA")]
    [InlineData("no base64 at all!")]
    [InlineData("")]
    public void What_is_no_certificate_is_answered_with_badCertificate_and_changes_nothing(string certificate)
    {
        ServiceDecision decision = Place(Service(), Registered, certificate);

        decision.Response!.Body!.MessageSuccess.Should().BeFalse();
        decision.Response.Body.Values[Status].Should().Be("badCertificate");
        Ownership.NetworkOperatorCertificate.Should().Be(Registered);
    }

    [Fact]
    public void A_certificate_that_nobody_knows_of_is_answered_with_trustAnchorNotFound()
    {
        _inventory.Update(DuisFixtures.Meter, row => row with { Ownership = null });

        ServiceDecision decision = Receive(Service(), Registered, 1, Retrieve("NetworkOperator"));

        decision.Response!.Body!.Values["RemotePartyDetails.StatusCode.ASN1Status"].Should().Be("trustAnchorNotFound");
    }

    [Theory]
    [InlineData("Supplier")]
    [InlineData("ACB")]
    public void Other_certificates_are_the_service_providers_and_not_served_here(string role)
    {
        ServiceDecision decision = Receive(Service(), Registered, 1, Retrieve(role));

        decision.Response.Should().BeNull();
        decision.Command.Should().BeNull("no SMETS1 device holds any");
        decision.NotServed.Should().StartWith("6.24.1: no SMETS1 device holds certificates");
    }

    private DeviceOwnership Ownership => _inventory.Find(DuisFixtures.Meter)!.Ownership!;

    /// <summary>The certificate of the DCC's published test key of 90-B3-D5-1F-30-01-00-00.</summary>
    internal static string CertificateOfOther()
    {
        string pem = File.ReadAllText(
            Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "duis", "xml-sign-90B3D51F30010000-ds.pem"));
        using X509Certificate2 certificate = X509Certificate2.CreateFromPem(pem);
        return Convert.ToBase64String(certificate.RawData);
    }

    /// <summary>A certificate made for this test, of whoever is registered.</summary>
    private static string CertificateOfRegistered()
    {
        byte[] owner = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(owner, Registered.Value);
        AsnWriter name = new(AsnEncodingRules.DER);
        using (name.PushSequence())
        using (name.PushSetOf())
        using (name.PushSequence())
        {
            name.WriteObjectIdentifier("2.5.4.45");
            name.WriteBitString(owner);
        }

        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new(new X500DistinguishedName(name.Encode()), key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DuisFixtures.Now.AddDays(-1), DuisFixtures.Now.AddDays(1));
        return Convert.ToBase64String(certificate.RawData);
    }

    private static UnmodelledRequestBody Retrieve(string role) => new(
        "6.24.1", "RetrieveDeviceSecurityCredentialsKRP",
        $"<sr:RetrieveDeviceSecurityCredentialsKRP xmlns:sr=\"{DuisSchema.ServiceUserGateway}\">"
        + $"<sr:RemotePartyRole>{role}</sr:RemotePartyRole></sr:RetrieveDeviceSecurityCredentialsKRP>");

    private string HeldAtServiceProvider(SimulatedDcc service) => Receive(service, Registered, 1, Retrieve("NetworkOperator"))
        .Response!.Body!.Values["RemotePartyDetails.ExistingRemotePartyID"];

    private ServiceDecision Place(SimulatedDcc service, Eui64 user, string certificate) => Receive(
        service, user, 4,
        new UnmodelledRequestBody(
            "6.15.1", "UpdateSecurityCredentialsKRP",
            $"<sr:UpdateSecurityCredentialsKRP xmlns:sr=\"{DuisSchema.ServiceUserGateway}\">"
            + "<sr:RemotePartyRole>NetworkOperator</sr:RemotePartyRole><sr:ReplacementCertificates>"
            + "<sr:SupplierOrNetworkOperatorCertificates>"
            + $"<sr:DigitalSigningCertificate>{certificate}</sr:DigitalSigningCertificate>"
            + "</sr:SupplierOrNetworkOperatorCertificates></sr:ReplacementCertificates></sr:UpdateSecurityCredentialsKRP>"));

    private ServiceDecision Receive(SimulatedDcc service, Eui64 user, int variant, SrvRequestBody body) => service.Receive(
        new DuisRequest(new RequestId(user, DuisFixtures.Meter, _counter++), variant, body), null, DuisFixtures.Now);

    private SimulatedDcc Service(bool keepsCertificates = false, Func<ServiceOptions, ServiceOptions>? change = null)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["ED"] = [Registered, Other] }),
            ServiceProviderKeepsCertificates = keepsCertificates,
        };
        return new SimulatedDcc(change is null ? options : change(options), _inventory);
    }
}
