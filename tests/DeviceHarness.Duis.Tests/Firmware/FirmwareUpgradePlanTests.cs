using DeviceHarness.Duis.Firmware;
using DeviceHarness.Duis.Inventory;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Firmware;

public sealed class FirmwareUpgradePlanTests
{
    private static readonly CertifiedProductsList List = new([new("ESME", "model-a", "3.0"), new("ESME", "model-a", "4.0")]);

    private static readonly FirmwareRegister Register = new()
    {
        Upgrades = [Step("1.0", "2.0"), Step("2.0", "3.0"), Step("3.0", "4.0"), Step("2.5", "4.0"), Step("3.0", "2.0")],
        Images = [Image("2.0", 1), Image("3.0", 2), Image("4.0", 3)],
    };

    [Theory]
    [InlineData("1.0", "2.0 3.0")]
    [InlineData("2.0", "3.0")]
    [InlineData("2.5", "4.0")]
    [InlineData("3.0", "")]
    [InlineData("4.0", "")]
    public void Each_version_has_its_own_way_to_a_listed_one(string version, string way)
    {
        FirmwareUpgradePlan plan = FirmwareUpgradePlan.Of(Device(version), List, Register);

        string.Join(' ', plan.Steps.Select(step => step.Version)).Should().Be(way);
        plan.Blocks.Should().BeEmpty();
        plan.IsThere.Should().Be(way.Length == 0);
    }

    [Fact]
    public void A_target_is_reached_step_by_step_and_names_its_images()
    {
        FirmwareUpgradePlan plan = FirmwareUpgradePlan.Of(Device("1.0"), List, Register, "4.0");

        plan.Steps.Select(step => (step.Version, step.Image!.Provider))
            .Should().Equal(("2.0", "Supplier 1"), ("3.0", "Supplier 2"), ("4.0", "Supplier 3"));
        plan.ToString().Should().Be("by 2.0, 3.0, 4.0");
    }

    [Fact]
    public void A_missing_image_blocks_the_job()
    {
        FirmwareRegister without = Register with { Images = [Image("2.0", 1), Image("3.0", 2) with { Model = "model-b" }] };

        FirmwareUpgradePlan plan = FirmwareUpgradePlan.Of(Device("1.0"), List, without);

        plan.Blocks.Should().ContainSingle().Which.Should().StartWith("no image of ESME model-a 3.0 is recorded");
        plan.IsThere.Should().BeFalse();
    }

    [Theory]
    [InlineData("1.0", "2.0", "the products list holds no ESME model-a 2.0")]
    [InlineData("4.0", "3.0", "no way is recorded from ESME model-a 4.0 to 3.0")]
    [InlineData("0.9", null, "no way is recorded from ESME model-a 0.9 to a version of the products list")]
    [InlineData("", null, "the version that it runs is not known: read it with 11.2")]
    public void What_may_not_start_says_why(string version, string? target, string reason)
    {
        FirmwareUpgradePlan.Of(Device(version), List, Register, target).Blocks.Should().Equal(reason);
    }

    [Fact]
    public void A_device_that_the_list_does_not_govern_needs_nothing()
    {
        FirmwareUpgradePlan.Of(Device("1.0") with { DeviceType = "IHD" }, List, Register).IsThere.Should().BeTrue();
    }

    [Fact]
    public void Meters_of_one_model_are_grouped_by_the_version_that_they_run()
    {
        InventoryDevice[] devices =
        [
            Device("1.0") with { DeviceId = new Eui64(3) }, Device("4.0") with { DeviceId = new Eui64(2) }, Device("1.0"),
            Device("1.0") with { DeviceId = new Eui64(4), Model = "model-b" },
        ];

        IReadOnlyList<FirmwareGroup> groups = FirmwareGroup.Of(devices, List, Register);

        groups.Select(group => (group.Model, group.Version, group.IsListed, string.Join(' ', group.Devices.Select(id => id.Value))))
            .Should().Equal(("model-a", "1.0", false, "1 3"), ("model-a", "4.0", true, "2"), ("model-b", "1.0", false, "4"));
        groups.Select(group => group.Upgrade.Steps.Count).Should().Equal(2, 0, 0);
    }

    [Fact]
    public void Upgrades_that_go_round_in_a_circle_end()
    {
        FirmwareRegister circle = new() { Upgrades = [Step("1.0", "2.0"), Step("2.0", "1.0")] };

        circle.WayFrom(Device("1.0"), version => version == "9").Should().BeNull();
    }

    [Fact]
    public void An_image_after_the_freeze_is_late_and_one_on_its_day_is_not()
    {
        FirmwareRegister register = Register with { Baseline = new FirmwareBaseline(new DateOnly(2026, 9, 2), StableMonths: 8) };

        register.Baseline!.Freeze.Should().Be(new DateOnly(2026, 1, 2));
        register.LateImages.Select(image => image.Version).Should().Equal("4.0");
        new FirmwareBaseline(new DateOnly(2019, 9, 30)).Freeze.Should().Be(new DateOnly(2019, 3, 30), "six months by default");
        Register.LateImages.Should().BeEmpty("no freeze was agreed");
    }

    [Theory]
    [InlineData(null, 10, false)]
    [InlineData(null, 11, true)]
    [InlineData(10, 20, false)]
    [InlineData(11, 11, true)]
    public void A_dependency_is_late_by_the_day_on_which_it_came_or_by_today(int? met, int today, bool isLate)
    {
        FirmwareDependency dependency = new(
            "firmware", "a maker", new DateOnly(2019, 4, 10), met is { } day ? new DateOnly(2019, 4, day) : null);

        dependency.IsLate(new DateOnly(2019, 4, today)).Should().Be(isLate);
    }

    internal static InventoryDevice Device(string version) =>
        new(new Eui64(1), "ESME", DeviceStatus.Commissioned, version, Smets1: true) { Model = "model-a" };

    private static FirmwareUpgradeStep Step(string from, string to) => new("ESME", "model-a", from, to);

    private static FirmwareImageRecord Image(string version, int day) =>
        new(new string((char)('a' + day), 64), "ESME", "model-a", version, $"Supplier {day}", new DateOnly(2026, 1, day));
}
