using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using FluentAssertions;
using Xunit;
using static DeviceHarness.Assurance.Tests.AssuranceSamples;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class StandInRuleTests
{
    private static readonly DeviceBaseline Own = Device(Virtual);

    private static readonly DeviceBaseline Same = Own with
    {
        Device = Own.Device with { Id = new DeviceId("meter-b"), Eui64 = Eui64.Parse("90-B3-D5-1F-30-00-00-B0") },
    };

    [Fact]
    public void Another_device_of_the_same_model_and_firmware_stands_in() => StandInRule.Difference(Own, Same).Should().BeNull();

    [Fact]
    public void Its_status_is_no_part_of_what_was_frozen()
    {
        DeviceBaseline suspended = Same with { Inventory = Same.Inventory with { Status = Duis.Inventory.DeviceStatus.Suspended } };

        StandInRule.Difference(Own, suspended).Should().BeNull();
    }

    [Fact]
    public void Each_difference_is_named_with_both_devices()
    {
        DeviceBaseline gas = Same with { Device = Same.Device with { DeviceType = "GSME" } };
        DeviceBaseline model = Same with { Device = Same.Device with { Profile = "other-esme" } };
        DeviceBaseline firmware = Same with { Inventory = Same.Inventory with { FirmwareVersion = "4.3.0" } };
        DeviceBaseline newer = Same with { Inventory = Same.Inventory with { Smets1 = false } };
        DeviceBaseline real = Same with { Device = Same.Device with { Provenance = RealDcc } };

        StandInRule.Difference(Own, gas).Should().Be("meter-b has type 'GSME' where esme-01 has 'ESME'");
        StandInRule.Difference(Own, model).Should().Be("meter-b has profile 'other-esme' where esme-01 has 'generic-smets1-esme'");
        StandInRule.Difference(Own, firmware).Should().Be("meter-b has firmware '4.3.0' where esme-01 has '4.2.0'");
        StandInRule.Difference(Own, newer).Should().Be("meter-b has generation 'SMETS2' where esme-01 has 'SMETS1'");
        StandInRule.Difference(Own, real).Should().Be("meter-b has origin 'Real by Dcc' where esme-01 has 'Virtual by LocalSerial'");
    }
}
