using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>Requests that the Data Service Provider holds for a later time: sent then, withdrawn, or refused then.</summary>
public sealed class HeldRequestsTests
{
    private static readonly DateTimeOffset Due = DuisFixtures.Now.AddMinutes(10);

    private readonly SmartMeteringInventory _inventory = new(
        [new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);

    [Fact]
    public void A_request_for_a_later_time_is_held_until_then_and_sent_once()
    {
        SimulatedDcc service = Service();

        ServiceDecision held = Send(service, 1, Due);

        held.Acknowledgement!.ResponseCode.Should().Be("I99");
        (held.Command, held.Response, held.HeldUntil, held.IsSentLater).Should().Be((null, null, Due, true));
        service.NextDue().Should().Be(Due);
        service.TakeDue(Due.AddMilliseconds(-1)).Should().BeEmpty();
        ServiceDecision sent = service.TakeDue(Due).Should().ContainSingle().Subject;
        sent.Command!.RequestId.Should().Be(held.RequestId);
        sent.Acknowledgement.Should().BeSameAs(held.Acknowledgement);
        service.TakeDue(Due.AddDays(1)).Should().BeEmpty();
        service.NextDue().Should().BeNull();
        service.StatusOf(held.RequestId, Due).Should().Be(RequestStatus.InProgress);
    }

    [Fact]
    public void What_is_due_is_sent_in_the_order_of_its_dates()
    {
        SimulatedDcc service = Service();
        Send(service, 1, Due.AddMinutes(1));
        Send(service, 2, Due);
        Send(service, 3, Due.AddMinutes(2));

        service.TakeDue(Due.AddMinutes(1)).Select(due => due.RequestId.Counter).Should().Equal(2, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failover_loses_what_is_held_and_lets_requests_in_twice_only_where_the_sites_do_not_know_it(bool isReplicated)
    {
        SimulatedDcc service = Service(isReplicated ? string.Empty : "requests-not-replicated");
        Send(service, 1, Due);

        service.MoveTo(ServiceSite.Secondary);

        service.NextDue().Should().Be(isReplicated ? Due : null);
        ServiceDecision again = SendAtOnce(service, 1);
        (again.Failure?.Check.Name).Should().Be(isReplicated ? "counter" : null);
        Send(service, 2, Due.AddMinutes(1));
        service.MoveTo(ServiceSite.Primary);
        service.TakeDue(Due.AddMinutes(1)).Select(due => due.RequestId.Counter)
            .Should().Equal(isReplicated ? [1, 2] : (ulong[])[1], "what the primary site held is there again after the failback");
    }

    [Fact]
    public void What_a_device_is_asked_while_the_site_changes_is_answered()
    {
        SimulatedDcc service = Service("requests-not-replicated");
        ServiceDecision sent = SendAtOnce(service, 1);

        service.MoveTo(ServiceSite.Secondary);

        DeviceOutcome outcome = new(DeviceOutcomeKind.NoAnswer, null, string.Empty, null, null);
        service.Complete(sent.RequestId, outcome, DuisFixtures.Now).ResponseCode.Should().Be("E21");
    }

    [Fact]
    public void A_withdrawal_forgets_what_the_User_has_asked_of_that_device_by_that_variant()
    {
        SimulatedDcc service = Service();
        Send(service, 1, Due);
        Send(service, 2, Due.AddMinutes(1));
        service.Receive(DuisFixtures.Request(new ReadLoadLimitData(Due), counter: 3), null, DuisFixtures.Now);

        ServiceDecision withdrawal = Send(service, 4, IDeviceDated.Withdrawal);

        withdrawal.Response!.ResponseCode.Should().Be("I0");
        withdrawal.Warnings.Should().Contain(warning => warning.Contains("2 requests are withdrawn"));
        service.TakeDue(Due.AddDays(1)).Select(due => due.RequestId.Counter).Should().Equal(3);
        service.StatusOf(withdrawal.RequestId, DuisFixtures.Now).Should().Be(RequestStatus.Complete);
    }

    [Theory]
    [InlineData(DeviceStatus.Commissioned, null)]
    [InlineData(DeviceStatus.Suspended, "E5")]
    public void The_status_that_the_device_has_then_decides(DeviceStatus then, string? code)
    {
        SimulatedDcc service = Service();
        Send(service, 1, Due);
        _inventory.Update(DuisFixtures.Meter, device => device with { Status = then });

        ServiceDecision due = service.TakeDue(Due).Should().ContainSingle().Subject;

        due.Response?.ResponseCode.Should().Be(code);
        (due.Command is null).Should().Be(code is not null);
    }

    [Fact]
    public void A_variant_that_the_service_does_not_hold_is_not_served_for_a_later_time()
    {
        foreach (SrvEntry entry in SrvCatalogue.Entries.Where(entry => !entry.Modes.Any(mode => mode.StartsWith("Future Dated (DSP"))))
        {
            HeldRequests.DueOf(new ReadLoadLimitData(Due), entry, DuisFixtures.Now).Should().BeNull(entry.Srv);
        }
    }

    [Theory]
    [InlineData("dated-request-early")]
    [InlineData("withdrawal-ignored")]
    public void Each_defect_sends_what_was_not_to_be_sent(string defect)
    {
        SimulatedDcc service = Service(defect);

        ServiceDecision first = Send(service, 1, Due);
        Send(service, 2, IDeviceDated.Withdrawal);

        (first.Command is not null || service.TakeDue(Due).Count > 0).Should().BeTrue();
    }

    private static ServiceDecision SendAtOnce(SimulatedDcc service, ulong counter) =>
        service.Receive(DuisFixtures.Request(new ReadInstantaneousImportRegisters(), counter: counter), null, DuisFixtures.Now);

    private static ServiceDecision Send(SimulatedDcc service, ulong counter, DateTimeOffset date) =>
        service.Receive(DuisFixtures.Request(new ReadInstantaneousImportRegisters(date), counter: counter), null, DuisFixtures.Now);

    private SimulatedDcc Service(string defect = "")
    {
        ServiceOptions options = new()
        {
            Users = ServiceUsers.ByKeys(new Dictionary<string, Eui64> { ["IS"] = DuisFixtures.ImportSupplier }),
        };
        return new SimulatedDcc(
            ServiceDefects.TryParse(defect, out ServiceDefect? planted, out _) ? planted.Plant(options, DuisFixtures.Meter) : options,
            _inventory);
    }
}
