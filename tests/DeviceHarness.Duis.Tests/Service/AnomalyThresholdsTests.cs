using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Service;

/// <summary>Critical requests above the ceiling that their User has set: quarantined, then sent or dropped, once.</summary>
public sealed class AnomalyThresholdsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly AnomalyThresholds TwoDisables = new(
        "sample", "this test", Window, [new AnomalyThreshold(DuisFixtures.ImportSupplier, "7.2", 2)]);

    private readonly SmartMeteringInventory _inventory = new(
        [new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "4.2.0", Smets1: true)]);

    [Fact]
    public void What_is_above_the_ceiling_is_quarantined_and_told()
    {
        SimulatedDcc service = Service(TwoDisables);
        Disable(service, 1).Command.Should().NotBeNull();
        Disable(service, 2).Command.Should().NotBeNull();

        ServiceDecision third = Disable(service, 3);

        third.Acknowledgement!.ResponseCode.Should().Be("I99");
        (third.Command, third.IsQuarantined).Should().Be((null, true));
        third.Response!.Body.Should().Be(new QuarantinedRequest(third.RequestId, 1));
        third.Response.Xml.Should().Contain("QuarantinedRequest").And.Contain(third.RequestId.ToString());
        third.Warnings.Should().ContainSingle().Which.Should().Contain("threshold of 2 7.2").And.Contain("set sample: this test");
    }

    [Fact]
    public void Other_Users_other_variants_and_reads_are_not_counted()
    {
        SimulatedDcc service = Service(TwoDisables);
        _ = Enumerable.Range(1, 2).Select(counter => Disable(service, (ulong)counter)).ToList();

        ServiceDecision[] others =
        [
            service.Receive(new DuisRequest(new RequestId(DuisFixtures.OtherUser, DuisFixtures.Meter, 1), 5, new DisableSupply()), null,
                DuisFixtures.Now),
            service.Receive(DuisFixtures.Request(new EnableSupply(), 5, 3), null, DuisFixtures.Now),
            service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), 1, 4), null, DuisFixtures.Now),
        ];

        others.Should().OnlyContain(decision => decision.Command != null);
    }

    [Fact]
    public void A_ceiling_without_a_variant_counts_all_critical_requests_together()
    {
        SimulatedDcc service = Service(TwoDisables with { Limits = [new AnomalyThreshold(DuisFixtures.ImportSupplier, string.Empty, 2)] });
        Disable(service, 1);
        service.Receive(DuisFixtures.Request(new EnableSupply(), 5, 2), null, DuisFixtures.Now);

        service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), 1, 3), null, DuisFixtures.Now).Command.Should().NotBeNull();
        Disable(service, 4).IsQuarantined.Should().BeTrue();
    }

    [Fact]
    public void A_request_is_counted_for_a_window_and_one_in_quarantine_is_not()
    {
        SimulatedDcc service = Service(TwoDisables);
        Disable(service, 1);
        Disable(service, 2, Window / 2);
        Disable(service, 3, Window - TimeSpan.FromTicks(1)).IsQuarantined.Should().BeTrue();

        Disable(service, 4, Window).IsQuarantined.Should().BeFalse("the first is counted no longer");
        Disable(service, 5, Window).IsQuarantined.Should().BeTrue("the second still is");
    }

    [Fact]
    public void Each_leaves_quarantine_once()
    {
        SimulatedDcc service = Service(TwoDisables with { Limits = [new AnomalyThreshold(DuisFixtures.ImportSupplier, "7.2", 0)] });
        RequestId first = Disable(service, 1).RequestId;
        RequestId second = Disable(service, 2).RequestId;

        service.Release(first, DuisFixtures.Now)!.Command!.RequestId.Should().Be(first);
        service.Release(first, DuisFixtures.Now).Should().BeNull();
        service.Drop(first, DuisFixtures.Now).Should().BeFalse();
        service.Drop(second, DuisFixtures.Now).Should().BeTrue();
        service.Release(second, DuisFixtures.Now).Should().BeNull();
        service.StatusOf(second, DuisFixtures.Now).Should().Be(RequestStatus.Complete);
    }

    [Fact]
    public void What_is_released_opens_no_way_for_an_older_request_to_come_again()
    {
        SimulatedDcc service = Service(TwoDisables with { Limits = [new AnomalyThreshold(DuisFixtures.ImportSupplier, "7.2", 0)] });
        RequestId old = Disable(service, 1).RequestId;
        service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), 1, 5), null, DuisFixtures.Now);
        service.Release(old, DuisFixtures.Now);

        ServiceDecision again = service.Receive(DuisFixtures.Request(new ReadSupplyStatus(), 1, 4), null, DuisFixtures.Now);

        again.Acknowledgement!.ResponseCode.Should().Be(ServiceChecks.AssumedCounterCode);
    }

    [Fact]
    public void Nobody_is_held_back_who_has_set_nothing()
    {
        SimulatedDcc service = Service(AnomalyThresholds.None);

        Enumerable.Range(1, 50).Select(counter => Disable(service, (ulong)counter))
            .Should().OnlyContain(decision => decision.Command != null);
    }

    [Fact]
    public void With_the_defect_nothing_is_quarantined()
    {
        SimulatedDcc service = Service(TwoDisables, "threshold-ignored");

        Enumerable.Range(1, 3).Select(counter => Disable(service, (ulong)counter))
            .Should().OnlyContain(decision => !decision.IsQuarantined);
    }

    private static ServiceDecision Disable(SimulatedDcc service, ulong counter, TimeSpan later = default) =>
        service.Receive(DuisFixtures.Request(new DisableSupply(), 5, counter), null, DuisFixtures.Now + later);

    private SimulatedDcc Service(AnomalyThresholds thresholds, string defect = "")
    {
        ServiceOptions options = new()
        {
            Users = ServiceUsers.ByKeys(new Dictionary<string, Eui64>
            {
                ["IS"] = DuisFixtures.ImportSupplier,
                ["IS-other"] = DuisFixtures.OtherUser,
            }),
            AnomalyThresholds = thresholds,
        };
        return new SimulatedDcc(
            ServiceDefects.TryParse(defect, out ServiceDefect? planted, out _) ? planted.Plant(options, DuisFixtures.Meter) : options,
            _inventory);
    }
}
