using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Prepayment;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

public sealed class SimulatedDccTests
{
    private static readonly DateTimeOffset Later = DuisFixtures.Now.AddSeconds(2);

    private readonly SmartMeteringInventory _inventory = new(
        [new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);

    [Fact]
    public void An_accepted_request_is_acknowledged_and_becomes_a_device_command()
    {
        DuisRequest request = DuisFixtures.Request(new ReadInstantaneousImportRegisters());

        ServiceDecision decision = Service().Receive(DuisRequestWriter.Write(request), path: null, DuisFixtures.Now);

        using AssertionScope scope = new();
        decision.Acknowledgement!.ResponseCode.Should().Be("I99");
        decision.Acknowledgement.Body.Should().BeNull();
        decision.Command.Should().Be(new DeviceCommand(request.Id, _inventory.Find(DuisFixtures.Meter)!, request.Body));
        decision.Failure.Should().BeNull();
        decision.NotServed.Should().BeNull();
        DuisResponseReader.Read(decision.Acknowledgement.Xml).Message.Should().Be(
            new DuisResponse("I99", DuisFixtures.Now, new ResponseMessage("4.1.1")) { RequestId = request.Id });
    }

    [Theory]
    [InlineData(ClockTimeStatus.Reliable, false, DeviceStatus.Commissioned)]
    [InlineData(ClockTimeStatus.Unreliable, false, DeviceStatus.InstalledNotCommissioned)]
    [InlineData(ClockTimeStatus.Reliable, true, DeviceStatus.Commissioned)]
    [InlineData(ClockTimeStatus.Invalid, true, DeviceStatus.InstalledNotCommissioned)]
    [InlineData(null, false, DeviceStatus.InstalledNotCommissioned)]
    public void A_device_that_relies_on_its_clock_after_8_1_1_is_commissioned(ClockTimeStatus? clock, bool isGas, DeviceStatus expected)
    {
        _inventory.Update(DuisFixtures.Meter, device => device with { Status = DeviceStatus.InstalledNotCommissioned });
        SimulatedDcc service = Service();
        DuisRequest request = DuisFixtures.Request(new CommissionDeviceSynchroniseClock(DuisFixtures.Now, 10), 5);
        service.Receive(request, path: null, DuisFixtures.Now).Acknowledgement!.ResponseCode.Should().Be("I99");

        CommissionDeviceSynchroniseClockRsp answer = isGas
            ? new() { GasClockTimeStatus = ClockRsp.StatusOf(clock!.Value) }
            : new() { ElecClockTimeStatus = clock };
        DeviceOutcome outcome = new(
            clock is null ? DeviceOutcomeKind.Refused : DeviceOutcomeKind.Done, answer, string.Empty, null, null);
        service.Complete(request.Id, outcome, DuisFixtures.Now);

        _inventory.Find(DuisFixtures.Meter)!.Status.Should().Be(expected);
    }

    [Theory]
    [InlineData("6.15.1", 5)]
    [InlineData("6.24.1", 1)]
    public void A_request_that_no_smets1_device_carries_out_is_refused_with_who_answers_it(string srv, int commandVariant)
    {
        SrvCatalogue.TryFind(srv, out SrvEntry? entry).Should().BeTrue();
        DuisRequest request = DuisFixtures.Request(
            new UnmodelledRequestBody(srv, entry!.RequestElement, "<a/>"), commandVariant);

        ServiceDecision decision = Service().Receive(request, path: null, DuisFixtures.Now);

        decision.NotServed.Should().StartWith(srv).And.Contain("no SMETS1 device holds certificates").And.Contain("S1SP");
        decision.Command.Should().BeNull();
        decision.Acknowledgement.Should().BeNull();
    }

    [Fact]
    public void A_refused_request_gets_its_code_and_no_device_command()
    {
        DuisRequest request = DuisFixtures.Request(new ReadInstantaneousImportRegisters()) with
        {
            Id = new RequestId(DuisFixtures.OtherUser, DuisFixtures.Meter, 1),
        };

        ServiceDecision decision = Service().Receive(request, path: null, DuisFixtures.Now);

        decision.Acknowledgement!.ResponseCode.Should().Be("E2");
        decision.Command.Should().BeNull();
        decision.Failure!.Check.Name.Should().Be("user-role");
        DuisResponse refusal = DuisResponseReader.Read(decision.Acknowledgement.Xml).Message;
        refusal.ResponseId.Should().BeNull("a refusal has no ResponseID");
        refusal.Content.Should().Be(new ResponseMessage("4.1.1"));
    }

    [Fact]
    public void A_device_that_did_it_gives_an_envelope_with_success()
    {
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new ReadInstantaneousImportRegisters());
        ReadInstantaneousImportRegistersRsp body = new() { Electricity = new(new RegisterReading(42)) };

        ServiceAnswer answer = service.Complete(id, Outcome(DeviceOutcomeKind.Done, body), Later);

        DuisResponse response = DuisResponseReader.Read(answer.Xml).Message;
        Smets1ResponseMessage message = response.Content.Should().BeOfType<Smets1ResponseMessage>().Subject;
        using AssertionScope scope = new();
        answer.ResponseCode.Should().Be("I0");
        answer.Body.Should().Be(body with { MessageSuccess = true });
        answer.Body!.Values["Electricity.ActiveImportRegister.Value"].Should().Be("42");
        response.RequestId.Should().Be(id);
        response.ResponseId.Should().Be(id.Answer);
        response.ResponseDateTime.Should().Be(Later);
        message.Body.Should().Be(body with { MessageSuccess = true });
        message.DebugInfo.Should().BeEmpty();
        message.Header.Should().Be(new Smets1Header(DuisFixtures.Meter, DuisFixtures.ImportSupplier, id.Counter)
        {
            ServiceReferenceVariant = "4.1.1",
            Timestamp = new Smets1Timestamp(Later),
        });
    }

    [Theory]
    [MemberData(nameof(DuisFixtures.TypedRequests), MemberType = typeof(DuisFixtures))]
    public void A_device_that_refuses_gives_an_envelope_without_success_and_says_why(SrvRequestBody body)
    {
        if (body is SignedPreCommand or FirmwareUpdate or IFutureDatable { ExecutionDateTime: not null })
        {
            return;
        }

        SimulatedDcc service = Service();
        _inventory.Update(DuisFixtures.Meter, device => device with { DeviceType = body.DeviceType ?? device.DeviceType });
        RequestId id = Accepted(service, body);

        ServiceAnswer answer =
            service.Complete(id, new DeviceOutcome(DeviceOutcomeKind.Refused, null, new string('n', 300), 3, null), Later);

        Smets1ResponseMessage message = (Smets1ResponseMessage)DuisResponseReader.Read(answer.Xml).Message.Content;
        using AssertionScope scope = new();
        answer.ResponseCode.Should().Be("I0");
        answer.Body!.MessageSuccess.Should().BeFalse();
        message.Body.Should().Be(answer.Body);
        message.DebugInfo.Should().Equal(new Smets1Debug(3, 1, new string('n', 250)));
    }

    [Fact]
    public void A_body_of_another_kind_of_meter_is_not_served()
    {
        _inventory.Update(DuisFixtures.Meter, device => device with { DeviceType = "GSME" });

        ServiceDecision decision = Service().Receive(
            DuisFixtures.Request(WriteBodies.Requests().First(body => body.DeviceType == "ESME"), 5), null, DuisFixtures.Now);

        decision.NotServed.Should().StartWith("the body is that of an ESME");
        decision.Command.Should().BeNull();
    }

    [Fact]
    public void A_refusal_of_a_request_without_a_type_is_answered_too()
    {
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new UnmodelledRequestBody("4.4.3", BillingLog, Gateway(BillingLog)));

        ServiceAnswer answer = service.Complete(id, new DeviceOutcome(DeviceOutcomeKind.Refused, null, "no", null, null), Later);

        answer.Xml.Should().Contain($"<ra:{BillingLog}Rsp MessageSuccess=\"false\" />").And.Contain("ResponseCode=\"-1\"");
        DuisResponseReader.Read(answer.Xml).Message.ResponseCode.Should().Be("I0");
    }

    [Theory]
    [InlineData(DeviceOutcomeKind.Unreachable, "E20")]
    [InlineData(DeviceOutcomeKind.NotOverThisLink, "E20")]
    [InlineData(DeviceOutcomeKind.NoAnswer, "E21")]
    [InlineData(DeviceOutcomeKind.ProtocolError, "E21")]
    public void A_device_that_gave_no_usable_answer_gives_a_code_and_nothing_else(DeviceOutcomeKind kind, string code)
    {
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new ReadSupplyStatus());

        ServiceAnswer answer = service.Complete(id, Outcome(kind, null), Later);

        answer.ResponseCode.Should().Be(code);
        answer.Body.Should().BeNull();
        DuisResponseReader.Read(answer.Xml).Message.Should().Be(
            new DuisResponse(code, Later, new ResponseMessage("7.4")) { RequestId = id });
    }

    [Fact]
    public void The_code_of_a_protocol_error_can_be_chosen()
    {
        SimulatedDcc service = Service(options => options with { ProtocolErrorCode = "E20" });
        RequestId id = Accepted(service, new ReadSupplyStatus());

        service.Complete(id, Outcome(DeviceOutcomeKind.ProtocolError, null), Later).ResponseCode.Should().Be("E20");
    }

    [Fact]
    public void A_request_is_completed_once()
    {
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new ReadSupplyStatus());
        service.Complete(id, Outcome(DeviceOutcomeKind.NoAnswer, null), Later);

        FluentActions.Invoking(() => service.Complete(id, Outcome(DeviceOutcomeKind.NoAnswer, null), Later))
            .Should().Throw<InvalidOperationException>().WithMessage($"*{id}*");
    }

    [Fact]
    public void An_answer_to_another_request_is_a_fault_of_the_driver_and_leaves_the_request_waiting()
    {
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new ReadSupplyStatus());

        FluentActions.Invoking(() => service.Complete(id, Outcome(DeviceOutcomeKind.Done, new EnableSupplyRsp()), Later))
            .Should().Throw<ArgumentException>().WithMessage("*ReadSupplyStatusRsp*");
        FluentActions.Invoking(() => service.Complete(id, Outcome(DeviceOutcomeKind.Done, null), Later))
            .Should().Throw<ArgumentException>();

        service.Complete(id, Outcome(DeviceOutcomeKind.Done, new ReadSupplyStatusRsp()), Later).ResponseCode.Should().Be("I0");
    }

    [Fact]
    public void Counters_rise_strictly_for_each_originator_and_target()
    {
        SimulatedDcc service = Service();
        string[] codes =
        [
            .. new ulong[] { 5, 5, 4, 6 }
                .Select(counter => DuisFixtures.Request(new ReadSupplyStatus(), counter: counter))
                .Select(request => service.Receive(request, null, DuisFixtures.Now).Acknowledgement!.ResponseCode),
        ];
        DuisRequest otherUser =
            DuisFixtures.Request(new ReadFirmwareVersion()) with { Id = new RequestId(DuisFixtures.OtherUser, DuisFixtures.Meter, 1) };

        codes.Should().Equal("I99", "E100", "E100", "I99");
        service.Receive(otherUser, null, DuisFixtures.Now).Acknowledgement!.ResponseCode
            .Should().Be("I99", "each originator counts for itself");
    }

    [Fact]
    public void A_refused_request_does_not_use_its_counter_up()
    {
        SimulatedDcc service = Service();

        service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), 8), null, DuisFixtures.Now).Acknowledgement!.ResponseCode
            .Should().Be("E12");
        service.Receive(DuisFixtures.Request(new ReadSupplyStatus()), null, DuisFixtures.Now).Acknowledgement!.ResponseCode
            .Should().Be("I99");
    }

    [Theory]
    [InlineData("before-mp105", DeviceStatus.Commissioned, "4.2.0", DeviceStatus.Commissioned)]
    [InlineData("mp105", DeviceStatus.Commissioned, "5.0.0", DeviceStatus.Commissioned)]
    [InlineData("mp105", DeviceStatus.Suspended, "5.0.0", DeviceStatus.InstalledNotCommissioned)]
    public void The_answer_to_11_2_updates_the_inventory_under_mp105(string rules, DeviceStatus before, string version, DeviceStatus after)
    {
        Put(before);
        SimulatedDcc service = Service(options => options with
        {
            DeviceStatus = rules == "mp105" ? DeviceStatusRules.Mp105 : DeviceStatusRules.BeforeMp105,
            ProductsList = new CertifiedProductsList([new("ESME", string.Empty, "5.0.0")]),
        });
        RequestId id = Accepted(service, new ReadFirmwareVersion());

        service.Complete(id, Outcome(DeviceOutcomeKind.Done, new ReadFirmwareVersionRsp { FirmwareVersion = "5.0.0" }), Later);

        _inventory.Find(DuisFixtures.Meter)!.FirmwareVersion.Should().Be(version);
        _inventory.Find(DuisFixtures.Meter)!.Status.Should().Be(after);
    }

    [Fact]
    public void A_version_that_is_not_approved_leaves_a_device_suspended()
    {
        Put(DeviceStatus.Suspended);
        SimulatedDcc service = Service();
        RequestId id = Accepted(service, new ReadFirmwareVersion());

        service.Complete(id, Outcome(DeviceOutcomeKind.Done, new ReadFirmwareVersionRsp { FirmwareVersion = "5.0.0" }), Later);

        _inventory.Find(DuisFixtures.Meter)!.Should().Match<InventoryDevice>(device =>
            device.Status == DeviceStatus.Suspended && device.FirmwareVersion == "5.0.0");
    }

    [Fact]
    public void Before_mp105_11_2_to_a_suspended_device_gets_E5()
    {
        Put(DeviceStatus.Suspended);
        SimulatedDcc service = Service(options => options with { DeviceStatus = DeviceStatusRules.BeforeMp105 });

        service.Receive(DuisFixtures.Request(new ReadFirmwareVersion()), null, DuisFixtures.Now).Acknowledgement!.ResponseCode
            .Should().Be("E5");
    }

    [Theory]
    [InlineData("8.2", "ReadInventory", 8, "own data")]
    public void What_passes_the_checks_and_cannot_be_served_is_said_and_not_answered(string srv, string element, int variant, string says)
    {
        ServiceDecision decision = Service().Receive(
            DuisFixtures.Request(new UnmodelledRequestBody(srv, element, Gateway(element)), variant), null, DuisFixtures.Now);

        decision.NotServed.Should().Contain(says);
        decision.Acknowledgement.Should().BeNull();
        decision.Command.Should().BeNull();
    }

    [Fact]
    public void A_request_for_a_past_time_runs_at_once_with_a_warning()
    {
        ServiceDecision past = Service().Receive(DuisFixtures.Request(new ReadFirmwareVersion(DuisFixtures.Now)), null, DuisFixtures.Now);

        past.Command.Should().NotBeNull();
        past.Warnings.Should().ContainSingle().Which.Should().Contain("past");
    }

    [Fact]
    public void A_request_whose_later_date_the_device_holds_goes_to_the_device_now()
    {
        UpdatePaymentMode dated = new(Prepayment: null, DuisFixtures.Now.AddDays(1));
        UpdatePaymentMode withdrawal = new(Prepayment: null, IDeviceDated.Withdrawal);

        ServiceDecision[] decisions =
        [
            Service().Receive(DuisFixtures.Request(dated, commandVariant: 5), null, DuisFixtures.Now),
            Service().Receive(DuisFixtures.Request(withdrawal, commandVariant: 5), null, DuisFixtures.Now),
        ];

        decisions.Should().OnlyContain(decision => decision.NotServed == null && decision.Warnings.Count == 0);
        decisions.Select(decision => decision.Command!.Body).Should().Equal(dated, withdrawal);
        ((IDeviceDated)withdrawal).IsWithdrawal.Should().BeTrue();
        ((IDeviceDated)dated).IsWithdrawal.Should().BeFalse();
    }

    [Fact]
    public void A_device_that_is_not_smets1_is_not_served()
    {
        _inventory.Update(DuisFixtures.Meter, device => device with { Smets1 = false });

        Service().Receive(DuisFixtures.Request(new ReadSupplyStatus()), null, DuisFixtures.Now).NotServed.Should().Contain("GBCS");
    }

    [Fact]
    public void A_request_that_came_to_another_service_gets_E13()
    {
        Service().Receive(DuisFixtures.Request(new ReadSupplyStatus()), ServicePath.NonDevice, DuisFixtures.Now)
            .Acknowledgement!.ResponseCode.Should().Be("E13");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_critical_request_runs_at_once_under_each_assumed_variant(int variant)
    {
        Service().Receive(DuisFixtures.Request(new SynchroniseClock(DuisFixtures.Now, 10), variant), null, DuisFixtures.Now)
            .Command!.Body.Should().BeOfType<SynchroniseClock>();
    }

    [Fact]
    public void Warnings_of_the_reader_are_handed_on()
    {
        string xml = DuisFixtures.Read("request-7.2-sequenced-signed.xml");

        Service().Receive(xml, null, DuisFixtures.Now).Warnings.Should().ContainSingle().Which.Should().Contain("signature");
    }

    [Fact]
    public void A_text_that_is_not_a_request_is_an_exception_with_its_place()
    {
        FluentActions.Invoking(() => Service().Receive("<a/>", null, DuisFixtures.Now))
            .Should().Throw<DuisFormatException>().Which.Line.Should().Be(1);
    }

    [Fact]
    public void The_number_of_waiting_requests_is_limited()
    {
        SimulatedDcc service = Service();
        for (ulong counter = 1; counter <= SimulatedDcc.MaxPendingRequests; counter++)
        {
            service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), counter: counter), null, DuisFixtures.Now);
        }

        DuisRequest oneMore = DuisFixtures.Request(new ReadSupplyStatus(), counter: 100_000);
        FluentActions.Invoking(() => service.Receive(oneMore, null, DuisFixtures.Now))
            .Should().Throw<InvalidOperationException>().WithMessage("*1024*");
    }

    [Fact]
    public void A_role_that_does_not_exist_is_refused()
    {
        FluentActions.Invoking(() => new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["XX"] = [] }))
            .Should().Throw<ArgumentException>().WithMessage("*'XX'*IS, GS, ES, ED, GT, RSA, OU*");
    }

    private static DeviceOutcome Outcome(DeviceOutcomeKind kind, SrvResponseBody? body) => new(kind, body, "detail", null, null);

    private const string BillingLog = "RetrieveBillingCalendarTriggeredBillingDataLog";

    private static string Gateway(string element) => $"<sr:{element} xmlns:sr=\"{DuisSchema.ServiceUserGateway}\" />";

    private void Put(DeviceStatus status) => _inventory.Update(
        DuisFixtures.Meter,
        device => device with { Status = status, StatusBeforeSuspension = DeviceStatus.InstalledNotCommissioned });

    private SimulatedDcc Service(Func<ServiceOptions, ServiceOptions>? change = null)
    {
        ServiceOptions options = new()
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>>
            {
                ["IS"] = [DuisFixtures.ImportSupplier],
                ["ES"] = [DuisFixtures.ImportSupplier],
                ["ED"] = [DuisFixtures.ImportSupplier],
                ["OU"] = [DuisFixtures.OtherUser],
            }),
        };
        return new SimulatedDcc(change is null ? options : change(options), _inventory);
    }

    private RequestId Accepted(SimulatedDcc service, SrvRequestBody body)
    {
        bool isCritical = SrvCatalogue.TryFind(body.ServiceReferenceVariant, out SrvEntry? entry)
            && entry.Criticality == SrvCriticality.Critical;
        int variant = isCritical ? 5 : 1;
        ServiceDecision decision = service.Receive(DuisFixtures.Request(body, variant), null, DuisFixtures.Now);
        decision.Acknowledgement!.ResponseCode.Should().Be("I99", $"{decision.Failure?.Detail}{_inventory.Devices.Count}");
        return decision.RequestId;
    }
}
