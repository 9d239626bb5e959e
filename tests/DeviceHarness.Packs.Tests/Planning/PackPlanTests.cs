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
    public void Each_round_of_a_repeated_step_counts()
    {
        TestPack pack = PackText.LoadSteps(
            "- request: { srv: \"7.1\" }\n  repeat: { until: met, every: 5s, within: 12s, unsafe: allowed }");

        PackPlan plan = PackPlan.Of(pack, [], devices: null);

        plan.Requests.Should().Be(4);
        plan.WearingSteps.Should().Be(4);
        plan.Cases[0].Steps.Should().ContainSingle().Which.Repeat!.ToString().Should().Be("until met, every 5 s, within 12 s");
    }

    [Fact]
    public void A_refused_request_changes_nothing()
    {
        TestPack pack = PackText.LoadSteps("- request: { srv: \"7.2\", role: ED }\n  expect: { acknowledgement: E2 }");

        PackPlan plan = PackPlan.Of(pack, [], devices: null);

        plan.WearingSteps.Should().Be(0);
    }

    [Fact]
    public void Firmware_that_was_sent_before_is_planned_with_the_time_that_it_took()
    {
        MeasuredDuration[] measured =
        [
            new("11.1", "esme-01", TimeSpan.FromSeconds(40), Samples: 3), new("11.1", "esme-01", TimeSpan.FromSeconds(90), Samples: 1),
            new("11.3", "esme-01", TimeSpan.FromSeconds(5), Samples: 3), new("11.3", "esme-02", TimeSpan.FromSeconds(99), Samples: 3),
        ];

        PackPlan plan = PackPlan.Of(PackLibrary.Find("firmware")!, ["FW-01"], new ScriptedBench().Devices, measured);

        plan.ExpectedFirmware.Should().Be(TimeSpan.FromSeconds(90), "delivered and activated twice, clean-up with it");
        plan.Expected.Should().Be(plan.ExpectedFirmware);
        plan.WithoutEstimate.Should().Be(4, "11.2 and 7.4 were never measured");
        plan.Cases[0].Steps.Should().OnlyContain(step => !step.OutlastsTimeout);
    }

    [Fact]
    public void Firmware_that_was_never_sent_takes_at_least_its_length_on_the_line()
    {
        PackPlan plan = PackPlan.Of(PackLibrary.Find("firmware")!, ["FW-01"], devices: null);

        PlannedStep delivery = plan.Cases[0].Steps.First(step => step.Srv == "11.1");
        delivery.Estimate.Source.Should().Be(EstimateSource.ImageLength);
        delivery.Estimate.Duration.Should().Be(TimeSpan.FromSeconds(688 * 10 / 9600.0));
    }

    [Fact]
    public void A_delivery_that_is_likely_to_outlast_its_timeout_is_marked()
    {
        MeasuredDuration slow = new("11.1", "esme-01", TimeSpan.FromMinutes(2), Samples: 1);

        PackPlan plan = PackPlan.Of(PackLibrary.Find("firmware")!, ["FW-01"], new ScriptedBench().Devices, [slow]);

        plan.Cases[0].Steps.Where(step => step.OutlastsTimeout).Should().HaveCount(2)
            .And.OnlyContain(step => step.Srv == "11.1");
    }

    [Fact]
    public void A_wait_is_counted_with_its_own_time()
    {
        TestPack pack = PackText.LoadSteps("- wait: 90s\n- request: { srv: \"7.4\" }");

        PackPlan plan = PackPlan.Of(pack, [], devices: null);

        plan.Expected.Should().Be(TimeSpan.FromSeconds(90));
        plan.ExpectedFirmware.Should().Be(TimeSpan.Zero);
        plan.WithoutEstimate.Should().Be(1);
    }

    [Fact]
    public void A_case_on_a_device_in_quarantine_is_planned_as_blocked()
    {
        PackPlan plan = PackPlan.Of(
            Smoke, ["SMK-04"], new ScriptedBench().Devices, measured: null,
            device => device.DeviceType == "ESME" ? "off its baseline" : null);

        plan.Cases.Should().ContainSingle().Which.Missing.Should().EndWith("is in quarantine: off its baseline");
    }

    [Theory]
    [InlineData("{ srv: \"7.2\" }", "supply", false)]
    [InlineData("{ srv: \"1.6\", body: { Credit: \"\" } }", "payment mode", false)]
    [InlineData("{ srv: \"7.4\" }", "", false)]
    [InlineData("{ srv: \"11.3\", body: { FirmwareHash: # } }", "", false)]
    [InlineData("{ srv: 8.7.1, role: IS, body: {} }", "", true)]
    public void A_critical_command_is_put_back_by_the_rig_or_marked(string request, string putBack, bool isWithoutInverse)
    {
        string written = request.Replace("#", new string('A', 64), StringComparison.Ordinal);

        PlannedStep step = PackPlan.Of(PackText.LoadSteps($"- request: {written}"), [], devices: null).Cases[0].Steps[0];

        step.PutBack.Should().Be(putBack);
        step.IsWithoutInverse.Should().Be(isWithoutInverse);
    }
}
