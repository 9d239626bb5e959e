using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Planning;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Tests.Support;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Planning;

public sealed class PackPlanTests
{
    private static readonly TestPack Smoke = PackLibrary.Find("dmct-smoke")!;

    [Fact]
    public void A_plan_names_order_devices_and_what_cannot_be_undone()
    {
        PackPlan plan = PackPlan.Of(Smoke, ["SMK-04", "SMK-03"], new ScriptedBench().Devices);

        plan.Cases.Select(planned => planned.Id).Should().Equal(["SMK-03", "SMK-04"], "the pack decides the order");
        plan.Cases[0].Devices.Should().Equal(new PlannedDevice("esme", "ESME", "esme-01"));
        plan.Cases[0].Steps.Select(step => step.Change).Should().OnlyContain(change => change == StepChange.Irreversible);
        plan.Requests.Should().Be(6);
        plan.IrreversibleSteps.Should().Be(3);
        plan.WearingSteps.Should().Be(2);
    }

    [Fact]
    public void A_bench_without_a_device_is_told()
    {
        PackPlan plan = PackPlan.Of(Smoke, ["ACK-02"], new ScriptedBench().Devices);

        plan.Cases[0].Missing.Should().Be("no device for role 'control': needs ESME named 'esme-02'");
    }

    [Fact]
    public void Without_a_bench_the_plan_names_types()
    {
        PackPlan plan = PackPlan.Of(Smoke, [], devices: null);

        plan.Cases.Should().HaveCount(Smoke.Cases.Count).And.OnlyContain(planned => planned.Missing.Length == 0);
        plan.Cases[0].Devices.Should().Equal(new PlannedDevice("esme", "ESME", string.Empty));
    }

    [Fact]
    public void A_refused_request_changes_nothing()
    {
        TestPack pack = PackText.LoadSteps("- request: { srv: \"7.2\", role: ED }\n  expect: { acknowledgement: E2 }");

        PackPlan plan = PackPlan.Of(pack, [], devices: null);

        plan.WearingSteps.Should().Be(0);
    }
}
