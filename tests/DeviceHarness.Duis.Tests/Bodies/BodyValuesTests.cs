using DeviceHarness.Duis.Bodies.Clock;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Reads;
using DeviceHarness.Duis.Bodies.Supply;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Bodies;

public sealed class BodyValuesTests
{
    [Fact]
    public void Electricity_registers_have_a_value_and_a_unit_each()
    {
        ReadInstantaneousImportRegistersRsp body =
            new() { MessageSuccess = true, Electricity = new(new RegisterReading(5), new RegisterReading(-6)) };

        body.Values.Should().Equal(new Dictionary<string, string>
        {
            ["Electricity.ActiveImportRegister.ActiveEnergyUnit"] = "Wh",
            ["Electricity.ActiveImportRegister.Value"] = "5",
            ["Electricity.ReactiveImportRegister.ReactiveEnergyUnit"] = "varh",
            ["Electricity.ReactiveImportRegister.Value"] = "-6",
            ["MessageSuccess"] = "true",
        });
    }

    [Fact]
    public void Gas_is_a_decimal_number()
    {
        new ReadInstantaneousImportRegistersRsp { Gas = new(1.50m) }.Values["Gas.ConsumptionRegister.Value"].Should().Be("1.50");
    }

    [Fact]
    public void A_clock_has_time_and_status()
    {
        SynchroniseClockRsp body = new() { DeviceTime = DuisFixtures.Now, ElecClockTimeStatus = ClockTimeStatus.Invalid };

        body.Values.Should().Equal(new Dictionary<string, string>
        {
            ["DeviceTime"] = "2026-07-01T12:00:00Z",
            ["Electricity.ElecClockTimeStatus"] = "invalid",
        });
    }

    [Fact]
    public void Supply_state_and_firmware_version_are_named_as_in_the_schema()
    {
        new ReadSupplyStatusRsp { SupplyState = SupplyState.Disabled }.Values["SupplyState"].Should().Be("Disabled");
        new ReadFirmwareVersionRsp { FirmwareVersion = "4.2.0" }.Values["FirmwareVersion"].Should().Be("4.2.0");
    }

    [Fact]
    public void What_is_absent_has_no_entry()
    {
        new EnableSupplyRsp().Values.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_401)]
    public void A_tolerance_out_of_range_is_not_made(int tolerancePeriodSeconds)
    {
        FluentActions.Invoking(() => new SynchroniseClock(DuisFixtures.Now, tolerancePeriodSeconds))
            .Should().Throw<ArgumentOutOfRangeException>();
    }
}
