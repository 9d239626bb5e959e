using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;
using DeviceHarness.Virtual.Supply;
using DeviceHarness.Virtual.Tests.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Supply;

public sealed class BackupBatteryTests
{
    [Fact]
    public void Outages_use_it_up_and_it_says_once_that_it_is_low()
    {
        ListedHost host = new();
        BackupBattery battery = new(new PowerOptions { BatteryCapacity = TimeSpan.FromHours(100), BatteryLowPercent = 10 }, host);

        battery.Discharge(TimeSpan.FromHours(90));
        battery.Tell();
        int atTen = battery.RemainingPercent;
        battery.Discharge(TimeSpan.FromHours(1));
        battery.Tell();
        battery.Tell();
        battery.Discharge(TimeSpan.FromHours(50));

        atTen.Should().Be(10);
        host.Events.Should().Equal(EventCode.BatteryLow);
        battery.RemainingPercent.Should().Be(0);
        battery.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_meter_with_an_empty_battery_loses_its_time_in_an_outage()
    {
        EsmeFixture fixture = new(model => model with
        {
            Power = model.Power with { BatteryCapacity = TimeSpan.FromHours(10), BatteryUsed = TimeSpan.FromHours(9) },
        });

        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromMinutes(59));
        fixture.Esme.PowerOn();
        int yearBefore = fixture.Esme.Clock.Year;
        fixture.Esme.PowerOff();
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
        fixture.Esme.PowerOn();

        yearBefore.Should().Be(2026);
        fixture.Esme.Clock.Year.Should().Be(2000);
        fixture.Associated().Number(3, "0-0:96.6.1.255", 2).Should().Be(0);
    }
}
