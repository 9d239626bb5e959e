using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Assurance.Tests.Cycles;

public sealed class CombinationIdentityTests
{
    private static readonly DeviceBaseline Meter = AssuranceSamples.Device(new Provenance(Route.LocalSerial, Origin.Virtual));

    private static readonly DeviceBaseline Hub = Meter with
    {
        Device = Meter.Device with { DeviceType = "CHF", Profile = "generic-smets1-hub" },
        Inventory = Meter.Inventory with { DeviceType = "CHF", FirmwareVersion = "1.3" },
    };

    [Fact]
    public void The_models_of_a_device_set_with_their_firmware_are_its_combination_in_whatever_order_and_number()
    {
        CombinationIdentity one = CombinationIdentity.Of([Meter, Hub]);
        CombinationIdentity same = CombinationIdentity.Of([Hub, Meter, Meter]);

        one.Models.Should().Equal("CHF generic-smets1-hub 1.3", "ESME generic-smets1-esme 4.2.0");
        same.Id.Should().Be(one.Id).And.MatchRegex("^[0-9a-f]{12}$");
    }

    [Fact]
    public void Another_version_of_any_device_another_model_or_one_device_less_is_another_combination()
    {
        CombinationIdentity[] combinations =
        [
            CombinationIdentity.Of([Meter, Hub]),
            CombinationIdentity.Of([Meter with { Inventory = Meter.Inventory with { FirmwareVersion = "4.3.0" } }, Hub]),
            CombinationIdentity.Of([Meter, Hub with { Inventory = Hub.Inventory with { FirmwareVersion = "1.4" } }]),
            CombinationIdentity.Of([Meter with { Device = Meter.Device with { Profile = "aclara-like" } }, Hub]),
            CombinationIdentity.Of([Meter]),
            CombinationIdentity.Of([Meter with { Inventory = Meter.Inventory with { FirmwareVersion = string.Empty } }, Hub]),
        ];

        combinations.Select(combination => combination.Id).Should().OnlyHaveUniqueItems();
        combinations[^1].Models.Should().Contain("ESME generic-smets1-esme of unknown firmware");
    }
}
